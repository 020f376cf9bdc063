package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Page.Figure;
import io.github.sparklatent.report.Page.Key;
import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Curves;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.chart.Svg;
import io.github.sparklatent.report.chart.Tag;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * A chart of values against epochs. Values of the first tenth of the epochs may be cut off, because
 * they are often far above the rest. A curve is interrupted where a stage ends, because the next
 * stage has another objective. The names of the stages are above the curves.
 */
final class LearningFigure {

    static final Color TRAINING = Palette.series(5);
    static final Color HELD_OUT = Palette.series(0);
    static final Color AVERAGED = Palette.series(2);
    private static final Color KEPT = Palette.series(4);

    /** The width of a thick line in pixels. */
    static final float THICK = 2.4f;

    private static final float THIN = 1.6f;

    private static final int HEIGHT = 300;

    /** The share of the epochs, from the start, whose values may be cut off. */
    private static final double START = 0.1;

    /**
     * A value is cut off if it exceeds the range of the later values by more than this share of it.
     */
    private static final double ROOM = 0.5;

    private record Curve(String name, double[] x, double[] y, Color colour, float thickness) {}

    private final String id;
    private final String name;
    private final String caption;
    private final boolean wide;
    private final List<Curve> curves = new ArrayList<>();
    private List<TrainingStage> stages = List.of();
    private boolean fromZero;
    private String mark = "";
    private double[] marked = {};
    private double first;

    LearningFigure(String id, String name, String caption, boolean wide) {
        this.id = id;
        this.name = name;
        this.caption = caption;
        this.wide = wide;
    }

    /**
     * Adds a curve, unless it has no finite value.
     *
     * @param x epochs. Not modified.
     * @param y values, NaN where a value is missing. Not modified.
     */
    void add(String curve, double[] x, double[] y, Color colour) {
        add(curve, x, y, colour, colour.equals(TRAINING));
    }

    /**
     * Adds a curve with a thick or a thin line, unless it has no finite value.
     *
     * @param thin whether the line is thin; values measured during training are thin so that the
     *     others stand out
     */
    void add(String curve, double[] x, double[] y, Color colour, boolean thin) {
        add(curve, x, y, colour, thin ? THIN : THICK);
    }

    /**
     * Adds a curve with a given thickness, unless it has no finite value.
     *
     * @param thickness width of the line in pixels
     */
    void add(String curve, double[] x, double[] y, Color colour, float thickness) {
        if (Arrays.stream(y).anyMatch(Double::isFinite)) {
            curves.add(new Curve(curve, x, y, colour, thickness));
        }
    }

    /** Marks where stages begin. A single stage needs no mark. */
    void stages(List<TrainingStage> all) {
        stages = all.size() > 1 ? List.copyOf(all) : List.of();
    }

    /** Starts the horizontal axis at this number of epochs. */
    void from(double epochs) {
        first = epochs;
    }

    /** Marks one point. */
    void mark(String what, double x, double y) {
        if (Double.isFinite(y)) {
            mark = what;
            marked = new double[] {x, y};
        }
    }

    /** Starts the vertical axis at 0. */
    void fromZero() {
        fromZero = true;
    }

    Figure figure() {
        int width = wide ? ChartStyle.WIDE : ChartStyle.HALF;
        int strip = (int) Math.ceil(Tag.length(stages.stream().map(TrainingStage::name).toList()));
        int height = HEIGHT + strip;
        XYChart chart = ChartStyle.plot(width, height, "epochs", name);
        double last =
                DoubleStream.concat(
                                stages.stream().mapToDouble(TrainingStage::to),
                                curves.stream().mapToDouble(c -> c.x[c.x.length - 1]))
                        .max()
                        .orElse(1);
        double[] shown = shown(last);
        double highest = Arrays.stream(shown).max().orElse(1);
        double lowest = fromZero ? 0 : Arrays.stream(shown).min().orElse(0);
        double span = highest > lowest ? highest - lowest : Math.max(1, Math.abs(highest));
        double top = highest + span * strip / (HEIGHT - ChartStyle.MARGIN);
        addLines(chart, lowest, top);
        if (!mark.isEmpty()) {
            double[] across = {marked[0], marked[0]};
            ChartStyle.line(chart, "at", across, new double[] {lowest, highest}, KEPT, 1.2f)
                    .setLineStyle(ChartStyle.DASHED);
        }
        for (Curve curve : curves) {
            addCurve(chart, curve, highest);
        }
        if (!mark.isEmpty()) {
            ChartStyle.dots(
                    chart, mark, new double[] {marked[0]}, new double[] {marked[1]}, KEPT, 9);
        }
        addNames(chart, top);
        if (fromZero) {
            ChartStyle.fromZero(chart.getStyler(), height, top, 1, "");
        } else {
            ChartStyle.fitVertical(
                    chart.getStyler(),
                    height,
                    DoubleStream.concat(Arrays.stream(shown), DoubleStream.of(top)).toArray());
        }
        ChartStyle.spanHorizontal(chart.getStyler(), width, first, last);
        String remark =
                highest < largest() ? " The first values are above the range of the chart." : "";
        return new Figure(id, caption + remark, words(), Svg.of(chart, id), legend(), wide);
    }

    /** Adds one line for each stage, or a single line if there are no stages. */
    private void addCurve(XYChart chart, Curve curve, double highest) {
        double[] shown = below(curve.y, highest);
        int from = 0;
        for (int i = 0; i < stages.size() - 1; i++) {
            int to = from;
            while (to < curve.x.length && curve.x[to] <= stages.get(i).to()) {
                to++;
            }
            Curves.add(
                    chart,
                    curve.name + " " + i,
                    Arrays.copyOfRange(curve.x, from, to),
                    Arrays.copyOfRange(shown, from, to),
                    curve.colour,
                    curve.thickness);
            from = to;
        }
        Curves.add(
                chart,
                curve.name,
                Arrays.copyOfRange(curve.x, from, curve.x.length),
                Arrays.copyOfRange(shown, from, shown.length),
                curve.colour,
                curve.thickness);
    }

    /**
     * Adds a vertical line where each stage begins. The names are added later, so that they are
     * drawn above the curves.
     */
    private void addLines(XYChart chart, double lowest, double highest) {
        for (int i = 0; i < stages.size(); i++) {
            double[] at = {stages.get(i).from(), stages.get(i).from()};
            ChartStyle.line(
                            chart,
                            "stage " + i,
                            at,
                            new double[] {lowest, highest},
                            Palette.MUTED,
                            1f)
                    .setLineStyle(ChartStyle.DOTTED);
        }
    }

    private void addNames(XYChart chart, double top) {
        for (TrainingStage stage : stages) {
            double[] x = {stage.from()};
            double[] y = {top};
            ChartStyle.dots(chart, "name at " + stage.from(), x, y, Palette.MUTED, 1)
                    .setMarker(new Tag(stage.name()));
        }
    }

    /**
     * Returns the values that determine the range of the axis. Values at the start are left out if
     * they would compress the rest.
     */
    private double[] shown(double last) {
        double[] all = curves.stream().flatMapToDouble(c -> finite(c, -1)).toArray();
        double[] later =
                curves.stream()
                        .flatMapToDouble(c -> finite(c, first + START * (last - first)))
                        .toArray();
        if (later.length == 0 || fromZero) {
            return all;
        }
        double least = Arrays.stream(all).min().orElse(0);
        double top = Arrays.stream(later).max().orElse(1);
        double limit = top + ROOM * (top - least);
        return Arrays.stream(all).filter(value -> value <= limit).toArray();
    }

    private static DoubleStream finite(Curve curve, double from) {
        return IntStream.range(0, curve.y.length)
                .filter(i -> curve.x[i] > from && Double.isFinite(curve.y[i]))
                .mapToDouble(i -> curve.y[i]);
    }

    private double largest() {
        return curves.stream().flatMapToDouble(c -> finite(c, -1)).max().orElse(0);
    }

    private static double[] below(double[] values, double highest) {
        return Arrays.stream(values).map(value -> value <= highest ? value : Double.NaN).toArray();
    }

    private List<Key> legend() {
        List<Key> legend = new ArrayList<>();
        for (Curve curve : curves) {
            legend.add(new Key(Palette.css(curve.colour), curve.name));
        }
        if (!mark.isEmpty()) {
            legend.add(new Key(Palette.css(KEPT), mark));
        }
        return legend.size() > 1 ? legend : List.of();
    }

    private String words() {
        StringBuilder text = new StringBuilder("Line chart against epochs.");
        for (Curve curve : curves) {
            double[] values = finite(curve, -1).toArray();
            text.append(
                    " %s, %s: from %s to %s."
                            .formatted(
                                    Words.capitalised(name),
                                    curve.name,
                                    Numbers.figure(values[0]),
                                    Numbers.figure(values[values.length - 1])));
        }
        return text.toString();
    }
}
