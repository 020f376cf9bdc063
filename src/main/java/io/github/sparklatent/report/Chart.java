package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The declaration of a chart: its axes and its series. {@link ChartOptions} turns it into the options of the library
 * that draws it in the page.
 *
 * @param id id of the chart in the page
 * @param caption caption under the chart
 * @param description what the chart shows, in words, for readers who cannot see it
 * @param wide whether the chart spans the whole width of the page
 * @param height height in pixels
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the series, in the order in which they are drawn
 * @param marks positions on the horizontal axis with names
 */
public record Chart(
        String id,
        String caption,
        String description,
        boolean wide,
        int height,
        Axis x,
        Axis y,
        List<Series> series,
        List<Mark> marks)
        implements Page.Block {

    private static final int HEIGHT = 320;

    public Chart {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    /** Returns an empty chart of half the page's width. */
    public static Chart of(String id, String caption, String description, Axis x, Axis y) {
        return new Chart(id, caption, description, false, HEIGHT, x, y, List.of(), List.of());
    }

    /** Returns the chart with its width and its height in pixels. */
    public Chart sized(boolean wide, int height) {
        return new Chart(id, caption, description, wide, height, x, y, series, marks);
    }

    /** Returns the chart with one more series, drawn above the others. */
    public Chart with(Series added) {
        List<Series> all = new ArrayList<>(series);
        all.add(added);
        return new Chart(id, caption, description, wide, height, x, y, all, marks);
    }

    /** Returns the chart with these positions marked. */
    public Chart marked(List<Mark> added) {
        return new Chart(id, caption, description, wide, height, x, y, series, added);
    }

    /** Returns the options of the drawing library as JSON. */
    public String options() {
        return ChartOptions.json(this);
    }

    /** A position on the horizontal axis and its name. */
    public record Mark(double at, String name) {}

    /**
     * An axis.
     *
     * @param name name of the axis; empty: none
     * @param names names of the positions 0, 1, 2 ...; empty: the axis has numbers
     * @param scale how numbers become positions
     * @param unit text behind each number, such as "%"
     * @param least left or lower end; NaN: from the values
     * @param largest right or upper end; NaN: from the values
     */
    public record Axis(String name, List<String> names, Scale scale, String unit, double least, double largest) {

        /** Returns an axis of numbers. */
        public static Axis of(String name) {
            return new Axis(name, List.of(), Scale.LINEAR, "", Double.NaN, Double.NaN);
        }

        /** Returns an axis of percentages from 0; its values are in percent. */
        public static Axis percent(String name) {
            return new Axis(name, List.of(), Scale.LINEAR, "%", 0, Double.NaN);
        }

        /** Returns an axis with named positions. */
        public static Axis ofNames(String name, List<String> names) {
            return new Axis(name, List.copyOf(names), Scale.LINEAR, "", Double.NaN, Double.NaN);
        }

        /** Returns the axis with another scale. */
        public Axis scaled(Scale scale) {
            return new Axis(name, names, scale, unit, least, largest);
        }

        /** Returns the axis with other ends; an end of NaN follows from the values. */
        public Axis range(double least, double largest) {
            return new Axis(name, names, scale, unit, least, largest);
        }
    }

    /** A mapping of the numbers of an axis to positions. */
    public enum Scale {
        LINEAR,
        /** Linear, with labels at whole numbers only. */
        WHOLE,
        LOGARITHMIC
    }

    /** A way to draw a series. */
    public enum Kind {
        LINE,
        DASHED,
        /** A horizontal line in each slot of the axis, over its bar. */
        STEPS,
        DOTS,
        /** Large dots with a text inside. */
        BADGES,
        BARS,
        /** Bars on top of the bars of earlier series. */
        STACKED
    }

    /**
     * Values of a chart. Series of the same name have one entry in the legend, which switches all of them.
     *
     * @param kind how the series is drawn
     * @param name name in the legend; empty: it is not there
     * @param colour colour of the series
     * @param size thickness of a line, or diameter of a dot, in pixels
     * @param x positions; empty: 0, 1, 2 ... A line is interrupted where one is NaN. Not modified.
     * @param y values; those that are not finite are left out. Not modified.
     * @param labels texts in the badges; else empty
     */
    public record Series(
            Kind kind, String name, Color colour, double size, double[] x, double[] y, List<String> labels) {
        public Series {
            labels = List.copyOf(labels);
            if (x.length > 0) {
                Require.size("y of series " + name, y.length, x.length);
            }
        }

        /** Returns a line through points. */
        public static Series line(String name, Color colour, double size, double[] x, double[] y) {
            return new Series(Kind.LINE, name, colour, size, x, y, List.of());
        }

        /** Returns a dashed line from one point to another. */
        public static Series dashed(String name, Color colour, double[] x, double[] y) {
            return new Series(Kind.DASHED, name, colour, 1.4, x, y, List.of());
        }

        /** Returns dots. */
        public static Series dots(String name, Color colour, double size, double[] x, double[] y) {
            return new Series(Kind.DOTS, name, colour, size, x, y, List.of());
        }

        /** Returns bars of equal width that touch, with their middles. */
        public static Series histogram(String name, Color colour, double[] x, double[] y) {
            return new Series(Kind.BARS, name, colour, 0, x, y, List.of());
        }

        /** Returns a large dot with a text inside. */
        public static Series badge(String name, Color colour, String label, double x, double y) {
            return new Series(
                    Kind.BADGES,
                    name,
                    colour,
                    label.length() < 3 ? 18 : 22,
                    new double[] {x},
                    new double[] {y},
                    List.of(label));
        }

        /** Returns a series over the names of the horizontal axis. */
        public static Series over(Kind kind, String name, Color colour, double[] y) {
            return new Series(kind, name, colour, 1.8, new double[] {}, y, List.of());
        }

        /** Returns whether no value can be drawn. */
        public boolean isEmpty() {
            return Arrays.stream(y).noneMatch(Double::isFinite);
        }
    }
}
