package io.github.sparklatent.report.chart;

import io.github.sparklatent.report.format.Order;
import java.awt.Color;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Lines of a figure that goes on from round to round. */
public final class Curves {

    /** More than a chart has places. */
    private static final int POINTS = 500;

    private Curves() {}

    /**
     * Adds a line through the finite values, thinned where there are more than the chart has
     * places; one value is a dot, none nothing.
     *
     * @param x of the values. Not modified.
     * @param y the values, NaN where there is none. Not modified.
     */
    public static void add(
            XYChart chart, String name, double[] x, double[] y, Color colour, float thickness) {
        int[] finite = IntStream.range(0, y.length).filter(i -> Double.isFinite(y[i])).toArray();
        int[] chosen =
                IntStream.of(Order.evenly(finite.length, POINTS)).map(i -> finite[i]).toArray();
        double[] xs = IntStream.of(chosen).mapToDouble(i -> x[i]).toArray();
        double[] ys = IntStream.of(chosen).mapToDouble(i -> y[i]).toArray();
        if (chosen.length == 1) {
            ChartStyle.dots(chart, name, xs, ys, colour, thickness > 1 ? 7 : 4);
        } else if (chosen.length > 1) {
            ChartStyle.line(chart, name, xs, ys, colour, thickness);
        }
    }
}
