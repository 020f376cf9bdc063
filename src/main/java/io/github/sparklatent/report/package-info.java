/**
 * Layer 3: the report of a result, one HTML page with figures, charts and origin, for the screen
 * and for paper.
 *
 * <p>{@link io.github.sparklatent.report.MixtureReport} and {@link
 * io.github.sparklatent.report.NetworkReport} are what a page needs to know, in plain numbers: the
 * package knows no model, no loop and no Spark. Each {@code ...Section} turns a part of it into
 * blocks of a {@link io.github.sparklatent.report.Page}, and the template {@code report.ftlh} turns
 * the page into HTML; it escapes every text, since names of columns and labels are the user's.
 * Charts are XChart's, in the one look of {@code ChartStyle} and {@code Palette}, and come into the
 * page as SVG by {@code Svg}. {@link io.github.sparklatent.report.Projection} finds the plane in
 * which components can be seen apart.
 *
 * <p>K is the number of components, d that of features, l that of latent dimensions, m that of
 * sampled rows. May import {@code learn}, {@code gmm} and {@code linalg}; no Spark.
 */
package io.github.sparklatent.report;
