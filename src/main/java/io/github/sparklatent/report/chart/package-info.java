/**
 * Layer 3: what charts and pictures of a report need to know about numbers and colours.
 *
 * <p>{@link io.github.sparklatent.report.chart.Projection} finds the plane in which components are best separated,
 * {@code Histogram} counts values, and {@code Palette} has the colours.
 */
package io.github.sparklatent.report.chart;
