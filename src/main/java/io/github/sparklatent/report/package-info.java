/**
 * Layer 3: the report of a result, one HTML page with metrics, charts and origin, for screen and paper. This package
 * does not use Spark.
 *
 * <p>A {@link io.github.sparklatent.report.Page} is a list of sections.
 * {@link io.github.sparklatent.report.ReportWriter} renders it with the template {@code report.ftlh}, which escapes
 * every text because the user chooses the names of columns and labels. Each model family builds its page from sections.
 * A class named {@code *Section} is a section with the numbers that it shows. {@code LearningSection} shows the
 * progress of a network's training. {@code Numbers} and {@code Words} format numbers and lists in the same way for all
 * sections.
 *
 * <p>K is the number of components, d of features, l of latent dimensions and m of sampled rows. This package may
 * import {@code learn} and the packages of models.
 */
package io.github.sparklatent.report;
