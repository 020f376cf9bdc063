package io.github.sparklatent.report;

import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Mark;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.TrainingRounds.Round;
import io.github.sparklatent.report.TrainingRounds.Stage;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A chart of values against epochs. Values of the first tenth of the epochs may be cut off, because they are often far
 * above the rest. A curve is interrupted where a stage ends, because the next stage has another objective.
 */
final class LearningFigure {

    private static final Color TRAINING = Palette.series(5);
    private static final Color HELD_OUT = Palette.series(0);
    private static final Color KEPT = Palette.series(4);

    /** The width of a thick line in pixels. */
    static final double THICK = 2.4;

    private static final double THIN = 1.6;

    private static final int HEIGHT = 320;

    /** The share of the epochs, from the start, whose values may be cut off. */
    private static final double START = 0.1;

    /** A value is cut off if it exceeds the range of the later values by more than this share of it. */
    private static final double ROOM = 0.5;

    private final String id;
    private final String name;
    private final String caption;
    private final boolean wide;
    private final List<Series> curves = new ArrayList<>();
    private List<Stage> stages = List.of();
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

    /** Adds the curves of a measure, of the training rows and of the held-out rows. */
    LearningFigure add(List<Round> rounds, String measure) {
        return add("training", rounds, round -> round.training(measure), TRAINING, true)
                .add("held out", rounds, round -> round.heldOut(measure), HELD_OUT, false);
    }

    /**
     * Adds a curve of a value of each round.
     *
     * @param thin whether the line is thin; values measured during training are thin so that the others stand out
     */
    LearningFigure add(String curve, List<Round> rounds, ToDoubleFunction<Round> value, Color colour, boolean thin) {
        double[] x = rounds.stream().mapToDouble(Round::epochs).toArray();
        return add(curve, x, rounds.stream().mapToDouble(value).toArray(), colour, thin ? THIN : THICK);
    }

    /**
     * Adds a curve, unless it has no finite value.
     *
     * @param x epochs. Not modified.
     * @param y values, NaN where a value is missing. Not modified.
     * @param thickness width of the line in pixels
     */
    LearningFigure add(String curve, double[] x, double[] y, Color colour, double thickness) {
        Series series = Series.line(curve, colour, thickness, x, y);
        if (!series.isEmpty()) {
            curves.add(series);
        }
        return this;
    }

    /** Marks where stages begin. A single stage needs no mark. */
    LearningFigure stages(List<Stage> all) {
        stages = all.size() > 1 ? List.copyOf(all) : List.of();
        return this;
    }

    /** Starts the horizontal axis at this number of epochs. */
    LearningFigure from(double epochs) {
        first = epochs;
        return this;
    }

    /** Marks one point. */
    void mark(String what, double x, double y) {
        if (Double.isFinite(y)) {
            mark = what;
            marked = new double[] {x, y};
        }
    }

    /** Starts the vertical axis at 0. */
    LearningFigure fromZero() {
        fromZero = true;
        return this;
    }

    Chart chart() {
        double last = DoubleStream.concat(
                        stages.stream().mapToDouble(Stage::to),
                        curves.stream().mapToDouble(c -> c.x()[c.x().length - 1]))
                .max()
                .orElse(1);
        double[] shown = shown(last);
        double highest = Arrays.stream(shown).max().orElse(1);
        double lowest = fromZero ? 0 : Arrays.stream(shown).min().orElse(0);
        boolean cut = highest
                < curves.stream().flatMapToDouble(c -> finite(c, -1)).max().orElse(0);
        Chart chart = Chart.of(
                        id,
                        caption + (cut ? " The first values are above the range of the" + " chart." : ""),
                        words(),
                        Axis.of("epochs").range(first, last),
                        Axis.of(name).range(fromZero ? 0 : Double.NaN, cut ? highest : Double.NaN))
                .sized(wide, HEIGHT)
                .marked(stages.stream()
                        .map(stage -> new Mark(stage.from(), stage.name()))
                        .toList());
        for (Series curve : curves) {
            chart = chart.with(interrupted(curve));
        }
        if (mark.isEmpty()) {
            return chart;
        }
        return chart.with(
                        Series.dashed(mark, KEPT, new double[] {marked[0], marked[0]}, new double[] {lowest, highest}))
                .with(Series.dots(mark, KEPT, 9, new double[] {marked[0]}, new double[] {marked[1]}));
    }

    /** Returns the curve with an interruption at the end of each stage but the last. */
    private Series interrupted(Series curve) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        int stage = 0;
        for (int i = 0; i < curve.x().length; i++) {
            while (stage < stages.size() - 1 && curve.x()[i] > stages.get(stage).to()) {
                stage++;
                x.add(Double.NaN);
                y.add(Double.NaN);
            }
            x.add(curve.x()[i]);
            y.add(curve.y()[i]);
        }
        return Series.line(curve.name(), curve.colour(), curve.size(), array(x), array(y));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Returns the values that determine the range of the axis. Values at the start are left out if they would compress
     * the rest.
     */
    private double[] shown(double last) {
        double[] all = curves.stream().flatMapToDouble(c -> finite(c, -1)).toArray();
        double[] later = curves.stream()
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

    private static DoubleStream finite(Series curve, double from) {
        return IntStream.range(0, curve.y().length)
                .filter(i -> curve.x()[i] > from && Double.isFinite(curve.y()[i]))
                .mapToDouble(i -> curve.y()[i]);
    }

    private String words() {
        StringBuilder text = new StringBuilder("Line chart against epochs.");
        for (Series curve : curves) {
            double[] values = finite(curve, -1).toArray();
            text.append(" %s, %s: from %s to %s."
                    .formatted(
                            Words.capitalised(name),
                            curve.name(),
                            Numbers.figure(values[0]),
                            Numbers.figure(values[values.length - 1])));
        }
        return text.toString();
    }
}
