package io.github.sparklatent.report.chart;

import java.awt.Color;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Bars over a horizontal axis of numbers, filled, or as their outline over other bars. */
public final class Bars {

    private Bars() {}

    /**
     * Filled bars.
     *
     * @param least where the first begins
     * @param width from the beginning of one to that of the next
     * @param gap share of the width that is left free; 0: they touch, as in a histogram
     */
    public static void filled(
            XYChart chart,
            String name,
            double least,
            double width,
            double gap,
            double[] heights,
            Color colour) {
        XYSeries series =
                chart.addSeries(name, across(least, width, gap, heights.length), up(heights, gap));
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(colour);
        series.setLineColor(Palette.NONE);
    }

    /** Their outline. */
    public static void outline(
            XYChart chart,
            String name,
            double least,
            double width,
            double gap,
            double[] heights,
            Color colour) {
        ChartStyle.line(
                chart,
                name,
                across(least, width, gap, heights.length),
                up(heights, gap),
                colour,
                1.8f);
    }

    /** The corners of the bars from left to right: four each. */
    private static double[] across(double least, double width, double gap, int bars) {
        double[] x = new double[4 * bars];
        for (int bar = 0; bar < bars; bar++) {
            double from = least + (bar + gap / 2) * width;
            double to = least + (bar + 1 - gap / 2) * width;
            Arrays.fill(x, 4 * bar, 4 * bar + 2, from);
            Arrays.fill(x, 4 * bar + 2, 4 * bar + 4, to);
        }
        return x;
    }

    /** Bars that touch have no line between them. */
    private static double[] up(double[] heights, double gap) {
        double[] y = new double[4 * heights.length];
        for (int bar = 0; bar < heights.length; bar++) {
            boolean last = bar == heights.length - 1;
            y[4 * bar] = gap > 0 || bar == 0 ? 0 : heights[bar - 1];
            y[4 * bar + 1] = heights[bar];
            y[4 * bar + 2] = heights[bar];
            y[4 * bar + 3] = gap > 0 || last ? 0 : heights[bar];
        }
        return y;
    }
}
