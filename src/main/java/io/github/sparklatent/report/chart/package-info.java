/**
 * Layer 3: charts as SVG.
 *
 * <p>XChart draws the charts in the style of {@code ChartStyle} and {@code Palette}, and {@code
 * Svg} puts them into the page. {@link io.github.sparklatent.report.chart.Projection} finds the
 * plane in which components are best separated.
 */
package io.github.sparklatent.report.chart;
