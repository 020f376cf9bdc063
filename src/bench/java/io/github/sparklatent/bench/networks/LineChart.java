package io.github.sparklatent.bench.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lines over a range, as a piece of SVG with a legend beside them. Values outside the range are cut
 * off. The same lines give the same text.
 */
final class LineChart {
    static final int WIDTH = 470;
    static final int HEIGHT = 300;

    private static final String[] COLOURS = {
        "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#6a51a3", "#7f7f7f"
    };
    private static final int LEFT = 52;
    private static final int RIGHT = 130;
    private static final int TOP = 26;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5;

    private final String title;
    private final String horizontal;
    private final double right;
    private final double bottom;
    private final double top;
    private final List<Line> lines = new ArrayList<>();

    /** A named line. */
    private record Line(String name, int colour, boolean dashed, List<double[]> points) {}

    /**
     * @param horizontal what lies along the axis from 0 to right
     * @param bottom least value shown
     * @param top greatest value shown
     */
    LineChart(String title, String horizontal, double right, double bottom, double top) {
        this.title = title;
        this.horizontal = horizontal;
        this.right = right;
        this.bottom = bottom;
        this.top = top;
    }

    /** Adds a line through points of two numbers each; without points it is left out. */
    LineChart line(String name, int colour, boolean dashed, List<double[]> points) {
        if (!points.isEmpty()) {
            lines.add(new Line(name, colour % COLOURS.length, dashed, points));
        }
        return this;
    }

    /** Charts that have lines, beside each other, as a file of its own. */
    static String page(LineChart... charts) {
        StringBuilder out = new StringBuilder();
        List<LineChart> drawn =
                Arrays.stream(charts).filter(chart -> !chart.lines.isEmpty()).toList();
        int width = drawn.size() * WIDTH;
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">\n"
                        .formatted(width, HEIGHT));
        out.append("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n".formatted(width, HEIGHT));
        for (int i = 0; i < drawn.size(); i++) {
            drawn.get(i).draw(out, i);
        }
        return out.append("</svg>\n").toString();
    }

    private void draw(StringBuilder out, int place) {
        out.append("<g transform=\"translate(%d 0)\">\n".formatted(place * WIDTH));
        out.append(
                "<clipPath id=\"clip%d\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>\n"
                        .formatted(place, LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM));
        text(out, LEFT, 15, "start", "<tspan font-weight=\"bold\">" + title + "</tspan>");
        text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", horizontal);
        for (int k = 0; k <= TICKS; k++) {
            double share = (double) k / TICKS;
            double value = bottom + share * (top - bottom);
            out.append(
                    format(
                            "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>\n",
                            LEFT, y(value), WIDTH - RIGHT));
            text(out, LEFT - 6, y(value) + 4, "end", tick(value));
            text(out, x(share * right), HEIGHT - BOTTOM + 15, "middle", tick(share * right));
        }
        for (int i = 0; i < lines.size(); i++) {
            draw(out, place, i, lines.get(i));
        }
        out.append("</g>\n");
    }

    private void draw(StringBuilder out, int place, int index, Line line) {
        String stroke =
                "stroke=\"%s\" stroke-width=\"1.8\"%s"
                        .formatted(
                                COLOURS[line.colour],
                                line.dashed ? " stroke-dasharray=\"5 4\"" : "");
        StringBuilder points = new StringBuilder();
        for (double[] point : line.points) {
            points.append(format("%.1f,%.1f ", x(point[0]), y(point[1])));
        }
        out.append(
                "<polyline clip-path=\"url(#clip%d)\" fill=\"none\" %s points=\"%s\"/>\n"
                        .formatted(place, stroke, points.toString().strip()));
        int at = TOP + 8 + 17 * index;
        int from = WIDTH - RIGHT + 10;
        out.append("<path d=\"M%d %dh22\" %s/>\n".formatted(from, at, stroke));
        text(out, from + 27, at + 4, "start", line.name);
    }

    private double x(double value) {
        return LEFT + value / right * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + (top - value) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String text) {
        out.append(
                format(
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                        x, y, anchor, text));
    }

    private static String tick(double value) {
        return format(Math.abs(value - Math.rint(value)) < 1e-9 ? "%.0f" : "%.1f", value)
                .replace('-', '−');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
