/**
 * Layer 3: charts as SVG.
 *
 * <p>Charts are XChart's, in the one look of {@code ChartStyle} and {@code Palette}, and come into
 * the page as SVG by {@code Svg}. {@link io.github.sparklatent.report.chart.Projection} finds the
 * plane in which components can be seen apart.
 */
package io.github.sparklatent.report.chart;
