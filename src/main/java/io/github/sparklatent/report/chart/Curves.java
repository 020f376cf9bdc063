package io.github.sparklatent.report.chart;

import io.github.sparklatent.report.format.Order;
import java.awt.Color;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Draws lines of a figure that changes from round to round. */
public final class Curves {

    /** The most points of a line; a chart cannot show more of them apart. */
    private static final int POINTS = 500;

    private Curves() {}

    /**
     * Adds a line through the finite values, thinned if there are too many points. A single value
     * becomes a dot; without a finite value nothing is added.
     *
     * @param x positions of the values. Not modified.
     * @param y the values, NaN where a value is missing. Not modified.
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
