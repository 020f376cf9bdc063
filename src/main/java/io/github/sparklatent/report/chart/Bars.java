package io.github.sparklatent.report.chart;

import java.awt.Color;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws bars over a numeric horizontal axis, filled or as an outline over other bars. */
public final class Bars {

    private Bars() {}

    /**
     * Adds filled bars.
     *
     * @param least left end of the first bar's slot
     * @param width distance from one slot to the next
     * @param gap share of a slot that stays empty; 0: neighbouring bars touch, as in a histogram
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

    /** Adds the outline of bars. The parameters are those of {@code filled}. */
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

    /**
     * Returns the horizontal coordinates of the bars' corners from left to right, four for each
     * bar.
     */
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

    /**
     * Returns the heights of the bars' corners. There is no vertical line between bars that touch.
     */
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
