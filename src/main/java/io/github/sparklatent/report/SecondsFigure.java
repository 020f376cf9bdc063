package io.github.sparklatent.report;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The chart of the seconds that each phase of a round takes, as stacked bars. If there are many rounds, a bar is the
 * mean of neighbouring rounds.
 */
public final class SecondsFigure {

    /** The most bars of the chart. */
    private static final int BARS = 60;

    private static final int HEIGHT = 260;

    /** The duration of each phase of a round in seconds; 0 if the round does not have the phase. */
    public record RoundSeconds(
            int number, double broadcast, double compute, double reduce, double update, double evaluate) {
        /** Returns the durations of a round of EM. */
        static RoundSeconds of(Round round) {
            return new RoundSeconds(
                    round.number(), round.broadcast(), round.compute(), round.reduce(), round.update(), 0);
        }

        /** Returns the durations of a round of averaging, with its number among those of all stages. */
        public static RoundSeconds of(int number, NetworkRound round) {
            return new RoundSeconds(
                    number, round.broadcast(), round.compute(), round.reduce(), round.update(), round.evaluate());
        }

        double seconds() {
            return broadcast + compute + reduce + update + evaluate;
        }
    }

    private record Phase(String name, ToDoubleFunction<RoundSeconds> seconds, int colour) {}

    private static final List<Phase> PHASES = List.of(
            new Phase("broadcast", RoundSeconds::broadcast, 1),
            new Phase("compute", RoundSeconds::compute, 0),
            new Phase("reduce", RoundSeconds::reduce, 2),
            new Phase("update", RoundSeconds::update, 3),
            new Phase("evaluate", RoundSeconds::evaluate, 4));

    private SecondsFigure() {}

    /** Returns the chart of at least one round. */
    public static Chart of(List<RoundSeconds> rounds) {
        int perBar = (rounds.size() + BARS - 1) / BARS;
        int bars = (rounds.size() + perBar - 1) / perBar;
        List<String> names = IntStream.range(0, bars)
                .mapToObj(bar -> Numbers.count(rounds.get(bar * perBar).number()))
                .toList();
        Chart chart = Chart.of(
                        "seconds",
                        "Seconds of a round by phase"
                                + (perBar == 1 ? "." : ", each bar the mean of %s rounds.".formatted(perBar)),
                        words(rounds),
                        Axis.ofNames(perBar == 1 ? "round" : "first round of the bar", names),
                        Axis.of("seconds").range(0, Double.NaN))
                .sized(bars > 1, HEIGHT);
        for (Phase phase : phases(rounds)) {
            double[] heights = IntStream.range(0, bars)
                    .mapToDouble(bar -> mean(part(rounds, bar, perBar), phase.seconds()))
                    .toArray();
            chart = chart.with(Series.over(Kind.STACKED, name(phase, rounds), Palette.series(phase.colour()), heights));
        }
        return chart;
    }

    /** Returns the phase with its seconds in all rounds, and their share. */
    private static String name(Phase phase, List<RoundSeconds> rounds) {
        return "%s %s (%s)"
                .formatted(
                        phase.name(),
                        Numbers.seconds(mean(rounds, phase.seconds()) * rounds.size()),
                        Numbers.percent(mean(rounds, phase.seconds()) / mean(rounds, RoundSeconds::seconds)));
    }

    /** Returns the phases that took time in at least one round. */
    private static List<Phase> phases(List<RoundSeconds> rounds) {
        return PHASES.stream()
                .filter(phase -> rounds.stream().mapToDouble(phase.seconds()).sum() > 0)
                .toList();
    }

    private static String words(List<RoundSeconds> rounds) {
        return "Stacked bar chart. A round takes %s on average: %s."
                .formatted(
                        Numbers.seconds(mean(rounds, RoundSeconds::seconds)),
                        String.join(
                                ", ",
                                phases(rounds).stream()
                                        .map(phase ->
                                                phase.name() + " " + Numbers.seconds(mean(rounds, phase.seconds())))
                                        .toList()));
    }

    private static List<RoundSeconds> part(List<RoundSeconds> rounds, int bar, int perBar) {
        return rounds.subList(bar * perBar, Math.min(rounds.size(), (bar + 1) * perBar));
    }

    private static double mean(List<RoundSeconds> rounds, ToDoubleFunction<RoundSeconds> seconds) {
        return rounds.stream().mapToDouble(seconds).average().orElse(0);
    }
}
