package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Figure;
import io.github.sparklatent.report.Page.Key;
import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.chart.Svg;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;

/**
 * The chart of the seconds that each phase of a round takes, as stacked bars. If there are many
 * rounds, a bar is the mean of neighbouring rounds.
 */
public final class SecondsFigure {

    /** The most bars of the chart. */
    private static final int BARS = 60;

    private static final int HEIGHT = 260;

    private record Phase(String name, ToDoubleFunction<RoundSeconds> seconds, int colour) {}

    private static final List<Phase> PHASES =
            List.of(
                    new Phase("broadcast", RoundSeconds::broadcast, 1),
                    new Phase("compute", RoundSeconds::compute, 0),
                    new Phase("reduce", RoundSeconds::reduce, 2),
                    new Phase("update", RoundSeconds::update, 3),
                    new Phase("evaluate", RoundSeconds::evaluate, 4));

    private SecondsFigure() {}

    /** Returns the chart of at least one round. */
    public static Figure of(List<RoundSeconds> rounds) {
        int perBar = (rounds.size() + BARS - 1) / BARS;
        int bars = (rounds.size() + perBar - 1) / perBar;
        List<String> names =
                IntStream.range(0, bars)
                        .mapToObj(bar -> Numbers.count(rounds.get(bar * perBar).number()))
                        .toList();
        boolean wide = bars > 1;
        CategoryChart chart =
                ChartStyle.bars(
                        wide ? ChartStyle.WIDE : ChartStyle.HALF,
                        HEIGHT,
                        perBar == 1 ? "round" : "first round of the bar",
                        "seconds",
                        names);
        chart.getStyler().setStacked(true);
        double largest = 0;
        for (int bar = 0; bar < bars; bar++) {
            largest = Math.max(largest, mean(part(rounds, bar, perBar), RoundSeconds::seconds));
        }
        for (Phase phase : phases(rounds)) {
            List<Double> heights = new ArrayList<>();
            for (int bar = 0; bar < bars; bar++) {
                heights.add(mean(part(rounds, bar, perBar), phase.seconds()));
            }
            chart.addSeries(phase.name(), names, heights)
                    .setFillColor(Palette.series(phase.colour()));
        }
        ChartStyle.fromZero(chart.getStyler(), HEIGHT, largest, 1, "");
        String caption =
                "Seconds of a round by phase"
                        + (perBar == 1
                                ? "."
                                : ", each bar the mean of %s rounds.".formatted(perBar));
        return new Figure(
                "seconds", caption, words(rounds), Svg.of(chart, "seconds"), legend(rounds), wide);
    }

    /** Returns the phases that took time in at least one round. */
    private static List<Phase> phases(List<RoundSeconds> rounds) {
        return PHASES.stream()
                .filter(phase -> rounds.stream().mapToDouble(phase.seconds()).sum() > 0)
                .toList();
    }

    private static List<Key> legend(List<RoundSeconds> rounds) {
        double all = mean(rounds, RoundSeconds::seconds);
        return phases(rounds).stream()
                .map(
                        phase ->
                                new Key(
                                        Palette.css(Palette.series(phase.colour())),
                                        "%s %s (%s)"
                                                .formatted(
                                                        phase.name(),
                                                        Numbers.seconds(
                                                                mean(rounds, phase.seconds())
                                                                        * rounds.size()),
                                                        Numbers.percent(
                                                                mean(rounds, phase.seconds())
                                                                        / all))))
                .toList();
    }

    private static String words(List<RoundSeconds> rounds) {
        return "Stacked bar chart. A round takes %s on average: %s."
                .formatted(
                        Numbers.seconds(mean(rounds, RoundSeconds::seconds)),
                        String.join(
                                ", ",
                                phases(rounds).stream()
                                        .map(
                                                phase ->
                                                        phase.name()
                                                                + " "
                                                                + Numbers.seconds(
                                                                        mean(
                                                                                rounds,
                                                                                phase.seconds())))
                                        .toList()));
    }

    private static List<RoundSeconds> part(List<RoundSeconds> rounds, int bar, int perBar) {
        return rounds.subList(bar * perBar, Math.min(rounds.size(), (bar + 1) * perBar));
    }

    private static double mean(List<RoundSeconds> rounds, ToDoubleFunction<RoundSeconds> seconds) {
        return rounds.stream().mapToDouble(seconds).average().orElse(0);
    }
}
