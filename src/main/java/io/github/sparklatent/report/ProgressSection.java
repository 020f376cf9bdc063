package io.github.sparklatent.report;

import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Scale;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The section that shows the progress of the fit: the objective and its change in each round. */
public final class ProgressSection {

    /** The most other fits that have a name of their own in the legend. */
    private static final int NAMED = 6;

    private ProgressSection() {}

    /**
     * A fit that was not kept.
     *
     * @param name name of the fit, such as "restart 2" or "5 components"
     * @param objective objective of each round. Not modified.
     */
    public record Curve(String name, double[] objective) {}

    /**
     * Builds the section.
     *
     * @param name name of the objective, in nats per row
     * @param tolerance change of the objective that ends the rounds
     * @param rounds rounds of the fit
     * @param others fits that were not kept
     */
    public static Section of(String name, double tolerance, List<Round> rounds, List<Curve> others) {
        List<Block> blocks = new ArrayList<>();
        if (!rounds.isEmpty()) {
            blocks.add(objective(name, rounds, others));
        }
        List<Round> changed =
                rounds.stream().filter(round -> Math.abs(round.change()) > 0).toList();
        if (!changed.isEmpty()) {
            blocks.add(change(tolerance, rounds, changed));
        }
        return new Section("progress", "Progress of the fit", "", blocks);
    }

    private static Chart objective(String name, List<Round> rounds, List<Curve> others) {
        double[] x = rounds.stream().mapToDouble(Round::number).toArray();
        double[] y = rounds.stream().mapToDouble(Round::objective).toArray();
        Chart chart = Chart.of(
                "objective",
                "Objective: the %s of the training rows, in nats per row.".formatted(name),
                "Line chart. The %s goes from %s in round %s to %s in round %s."
                        .formatted(
                                name,
                                Numbers.figure(y[0]),
                                Numbers.count((long) x[0]),
                                Numbers.figure(y[y.length - 1]),
                                Numbers.count((long) x[x.length - 1])),
                Axis.of("round").scaled(Scale.WHOLE),
                Axis.of(name));
        for (Curve other : others) {
            double[] objective = other.objective();
            String label =
                    others.size() <= NAMED ? other.name() : Numbers.count(others.size()) + " runs that were not kept";
            chart = chart.with(Series.line(
                    label,
                    Palette.OTHER,
                    1,
                    IntStream.range(0, objective.length).asDoubleStream().toArray(),
                    objective));
        }
        return chart.with(Series.line(others.isEmpty() ? "" : "the fit that was kept", Palette.series(0), 2.5, x, y));
    }

    private static Chart change(double tolerance, List<Round> rounds, List<Round> changed) {
        double[] x = changed.stream().mapToDouble(Round::number).toArray();
        double[] y =
                changed.stream().mapToDouble(round -> Math.abs(round.change())).toArray();
        Chart chart = Chart.of(
                "change",
                "Absolute change of the objective from one round to the next (logarithmic" + " scale).",
                "Line chart on a logarithmic scale. The change goes from %s in round %s to %s in round %s."
                        .formatted(
                                Numbers.figure(changed.get(0).change()),
                                Numbers.count((long) x[0]),
                                Numbers.figure(changed.get(changed.size() - 1).change()),
                                Numbers.count((long) x[x.length - 1])),
                Axis.of("round").scaled(Scale.WHOLE),
                Axis.of("change").scaled(Scale.LOGARITHMIC));
        if (tolerance > 0) {
            double[] ends = {
                rounds.get(0).number(), rounds.get(rounds.size() - 1).number()
            };
            chart = chart.with(
                    Series.dashed("tolerance " + Numbers.chosen(tolerance), Palette.series(4), ends, new double[] {
                        tolerance, tolerance
                    }));
        }
        return chart.with(Series.line("change", Palette.series(0), 2.5, x, y));
    }
}
