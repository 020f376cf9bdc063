/**
 * Layer 3: the report of a result, one HTML page with metrics, charts and origin, for screen and paper. This package
 * does not use Spark.
 *
 * <p>A {@link io.github.sparklatent.report.Page} is a list of sections.
 * {@link io.github.sparklatent.report.ReportWriter} renders it with the template {@code report.ftlh}, which escapes
 * every text because the user chooses the names of columns and labels. Each model family builds its page from sections.
 * This package has the shared sections; {@code report.mixture} and {@code report.network} have the sections of one
 * model family. {@code report.chart} draws charts and {@code report.format} formats numbers.
 *
 * <p>K is the number of components, d of features, l of latent dimensions and m of sampled rows. This package may
 * import {@code learn}, {@code gmm} and {@code linalg}.
 */
package io.github.sparklatent.report;
