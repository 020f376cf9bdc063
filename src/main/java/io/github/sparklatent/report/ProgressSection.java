package io.github.sparklatent.report;

import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Figure;
import io.github.sparklatent.report.Page.Key;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Curves;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.chart.Svg;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The section that shows the progress of the fit: the objective and its change in each round. */
public final class ProgressSection {

    private static final int HEIGHT = 300;

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
    public static Section of(
            String name, double tolerance, List<Round> rounds, List<Curve> others) {
        List<Block> blocks = new ArrayList<>();
        if (!rounds.isEmpty()) {
            blocks.add(objective(name, rounds, others));
        }
        List<Round> changed =
                rounds.stream().filter(round -> Math.abs(round.change()) > 0).toList();
        if (!changed.isEmpty()) {
            blocks.add(change(tolerance, rounds, changed));
        }
        if (rounds.stream().anyMatch(round -> round.seconds() > 0)) {
            blocks.add(SecondsFigure.of(rounds.stream().map(RoundSeconds::of).toList()));
        }
        return new Section("progress", "Progress of the fit", "", blocks);
    }

    private static Figure objective(String name, List<Round> rounds, List<Curve> others) {
        XYChart chart = ChartStyle.plot(ChartStyle.HALF, HEIGHT, "round", name);
        for (int i = 0; i < others.size(); i++) {
            double[] y = others.get(i).objective();
            Curves.add(chart, "other " + i, rising(y.length), y, Palette.OTHER, 1f);
        }
        double[] x = rounds.stream().mapToDouble(Round::number).toArray();
        double[] y = rounds.stream().mapToDouble(Round::objective).toArray();
        Curves.add(chart, "kept", x, y, Palette.series(0), 2.5f);
        double[] all =
                DoubleStream.concat(
                                Arrays.stream(y),
                                others.stream().flatMapToDouble(c -> Arrays.stream(c.objective())))
                        .toArray();
        ChartStyle.fitVertical(chart.getStyler(), HEIGHT, all);
        double last =
                Math.max(
                        x[x.length - 1],
                        others.stream().mapToInt(c -> c.objective().length - 1).max().orElse(0));
        ChartStyle.countHorizontal(chart.getStyler(), ChartStyle.HALF, x[0], last);
        String caption = "Objective: the %s of the training rows, in nats per row.".formatted(name);
        String words =
                "Line chart. The %s goes from %s in round %s to %s in round %s."
                        .formatted(
                                name,
                                Numbers.figure(y[0]),
                                Numbers.count((long) x[0]),
                                Numbers.figure(y[y.length - 1]),
                                Numbers.count((long) x[x.length - 1]));
        return new Figure(
                "objective", caption, words, Svg.of(chart, "objective"), legend(others), false);
    }

    private static List<Key> legend(List<Curve> others) {
        if (others.isEmpty()) {
            return List.of();
        }
        String names =
                others.size() <= 6
                        ? String.join(", ", others.stream().map(Curve::name).toList())
                        : Numbers.count(others.size()) + " runs that were not kept";
        return List.of(
                new Key(Palette.css(Palette.series(0)), "the fit that was kept"),
                new Key(Palette.css(Palette.OTHER), names));
    }

    private static Figure change(double tolerance, List<Round> rounds, List<Round> changed) {
        XYChart chart = ChartStyle.plot(ChartStyle.HALF, HEIGHT, "round", "change");
        double[] x = changed.stream().mapToDouble(Round::number).toArray();
        double[] y =
                changed.stream()
                        .mapToDouble(round -> Math.log10(Math.abs(round.change())))
                        .toArray();
        double first = rounds.get(0).number();
        double last = rounds.get(rounds.size() - 1).number();
        List<Key> legend = new ArrayList<>();
        double[] shown = y;
        if (tolerance > 0) {
            double height = Math.log10(tolerance);
            ChartStyle.line(
                            chart,
                            "tolerance",
                            new double[] {first, last},
                            new double[] {height, height},
                            Palette.series(4),
                            1.2f)
                    .setLineStyle(ChartStyle.DASHED);
            legend.add(new Key(Palette.css(Palette.series(0)), "change"));
            legend.add(
                    new Key(
                            Palette.css(Palette.series(4)),
                            "tolerance " + Numbers.chosen(tolerance)));
            shown = DoubleStream.concat(Arrays.stream(y), DoubleStream.of(height)).toArray();
        }
        Curves.add(chart, "change", x, y, Palette.series(0), 2.5f);
        ChartStyle.decades(chart.getStyler(), HEIGHT, shown);
        ChartStyle.countHorizontal(chart.getStyler(), ChartStyle.HALF, first, last);
        String words =
                "Line chart on a logarithmic scale. The change goes from %s in round %s to %s in round %s."
                        .formatted(
                                Numbers.figure(changed.get(0).change()), Numbers.count((long) x[0]),
                                Numbers.figure(changed.get(changed.size() - 1).change()),
                                        Numbers.count((long) x[x.length - 1]));
        String caption =
                "Absolute change of the objective from one round to the next (logarithmic"
                        + " scale).";
        return new Figure("change", caption, words, Svg.of(chart, "change"), legend, false);
    }

    private static double[] rising(int length) {
        return IntStream.range(0, length).asDoubleStream().toArray();
    }
}
