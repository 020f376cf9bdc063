/**
 * Layer 3: the report of a result, one HTML page with figures, charts and origin, for the screen
 * and for paper. No Spark.
 *
 * <p>A {@link io.github.sparklatent.report.Page} is a list of sections, and {@link
 * io.github.sparklatent.report.ReportWriter} renders it with the template {@code report.ftlh},
 * which escapes every text, since names of columns and labels are the user's. A model family builds
 * its page from sections: those of this package are shared, {@code report.mixture} and {@code
 * report.network} have those of one kind of model. Charts are in {@code report.chart}, numbers as
 * text in {@code report.format}.
 *
 * <p>K is the number of components, d that of features, l that of latent dimensions, m that of
 * sampled rows. May import {@code learn}, {@code gmm} and {@code linalg}.
 */
package io.github.sparklatent.report;
