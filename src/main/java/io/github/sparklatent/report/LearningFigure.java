package io.github.sparklatent.report;

import io.github.sparklatent.learn.stage.StagedResult.Round;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Mark;
import io.github.sparklatent.report.Chart.Series;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A chart of values of rounds against epochs. Values of the first tenth of the epochs may be cut off, because they are
 * often far above the rest. A curve is interrupted where a stage ends, because the next stage has another objective.
 */
final class LearningFigure {

    private static final Color TRAINING = Palette.series(5);
    private static final Color HELD_OUT = Palette.series(0);
    private static final Color KEPT = Palette.series(4);

    /** The width of a thick line in pixels. */
    static final double THICK = 2.4;

    /** The width of a line of values measured during training, so that the others stand out. */
    private static final double THIN = 1.6;

    private static final int HEIGHT = 320;

    /** The share of the epochs, from the start, whose values may be cut off. */
    private static final double START = 0.1;

    /** A value is cut off if it exceeds the range of the later values by more than this share of it. */
    private static final double ROOM = 0.5;

    private final List<Round> rounds;
    private final String id;
    private final String name;
    private final String caption;
    private final boolean wide;
    private final List<Series> curves = new ArrayList<>();
    private boolean fromZero;
    private String mark = "";
    private double[] marked = {};

    /** Creates a chart of rounds without curves. */
    LearningFigure(List<Round> rounds, String id, String name, String caption, boolean wide) {
        this.rounds = rounds;
        this.id = id;
        this.name = name;
        this.caption = caption;
        this.wide = wide;
    }

    /** Adds the curves of a measure, of the training rows and of the held-out rows. */
    LearningFigure add(String measure) {
        return add("training", measure, false, TRAINING).add("held out", measure, true, HELD_OUT);
    }

    /** Adds the curve of a measure of the training rows or of the held-out rows. */
    LearningFigure add(String curve, String measure, boolean heldOut, Color colour) {
        return heldOut
                ? add(curve, round -> round.heldOut(measure), colour, THICK)
                : add(curve, round -> round.training(measure), colour, THIN);
    }

    /**
     * Adds a curve of a value of each round, unless it has no finite value.
     *
     * @param value NaN if it is missing
     * @param thickness width of the line in pixels
     */
    LearningFigure add(String curve, ToDoubleFunction<Round> value, Color colour, double thickness) {
        DoubleStream.Builder x = DoubleStream.builder();
        DoubleStream.Builder y = DoubleStream.builder();
        for (Round round : rounds) {
            if (round.isFirst() && round != rounds.get(0)) {
                x.add(Double.NaN);
                y.add(Double.NaN);
            }
            x.add(round.epochs());
            y.add(value.applyAsDouble(round));
        }
        Series series = Series.line(
                curve, colour, thickness, x.build().toArray(), y.build().toArray());
        if (!series.isEmpty()) {
            curves.add(series);
        }
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
        double first = rounds.get(0).start();
        double last = rounds.get(rounds.size() - 1).epochs();
        List<Mark> stages = rounds.stream()
                .filter(Round::isFirst)
                .map(round -> new Mark(round.start(), round.stage().name()))
                .toList();
        double[] shown = shown(first + START * (last - first));
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
                .marked(stages.size() > 1 ? stages : List.of());
        for (Series curve : curves) {
            chart = chart.with(curve);
        }
        if (mark.isEmpty()) {
            return chart;
        }
        return chart.with(
                        Series.dashed(mark, KEPT, new double[] {marked[0], marked[0]}, new double[] {lowest, highest}))
                .with(Series.dots(mark, KEPT, 9, new double[] {marked[0]}, new double[] {marked[1]}));
    }

    /**
     * Returns the values that determine the range of the axis. Values at the start are left out if they would compress
     * the rest.
     *
     * @param start end of the epochs whose values may be left out
     */
    private double[] shown(double start) {
        double[] all = curves.stream().flatMapToDouble(c -> finite(c, -1)).toArray();
        double[] later = curves.stream().flatMapToDouble(c -> finite(c, start)).toArray();
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
