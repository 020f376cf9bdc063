package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.race.Contestant.Fit;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.StoppingRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rounds and seconds until EM of overlapping components has converged. */
@Command(
        name = "convergence",
        description = "Rounds and seconds to the likelihood at which plain EM converges.")
public final class ConvergenceCommand extends BenchCommand {
    private static final List<String> USUAL = List.of("gmm/A", "gmm/B", "gmm/C", "gmm/D", "gmm/E");

    /** Rounds of the fits that let the JIT compile the loops. */
    private static final int WARM = 20;

    @Mixin private Globs only;

    @Option(
            names = "--distance",
            split = ",",
            hideParamSyntax = true,
            description = "Distances of the centres, in deviations (${DEFAULT-VALUE}).")
    private List<Double> distances = List.of(1.0, 2.0);

    @Option(names = "--rounds", description = "Rounds at most (${DEFAULT-VALUE}).")
    private int rounds = 2000;

    @Option(
            names = "--tolerance",
            description = "Gain still to come at the end, in nats per row (${DEFAULT-VALUE}).")
    private double tolerance = 1e-6;

    @Option(names = "--alone", description = "Leave out scikit-learn and MLlib.")
    private boolean alone;

    @Option(names = "--shrink", description = "Use 1/N of the rows (${DEFAULT-VALUE}).")
    private int shrink = 10;

    @Override
    protected Map<String, String> measure() throws IOException {
        require(rounds >= 1, "--rounds is %d, expected at least 1", rounds);
        List<String> header =
                List.of(
                                "",
                                "n x d, components",
                                "distance",
                                "rounds, plain",
                                "rounds, accelerated",
                                "ratio",
                                "seconds, plain",
                                "seconds, accelerated",
                                "ratio",
                                "scikit-learn, s",
                                "MLlib, s (nats per row)")
                        .subList(0, alone ? 9 : 11);
        MarkdownTable table = new MarkdownTable(2, header);
        List<Double> ratios = new ArrayList<>();
        try (SparkSession spark = session()) {
            for (MixtureCase one : only.select(MixtureCase.ALL, MixtureCase::name)) {
                if (!only.isGiven() && !USUAL.contains(one.name())) {
                    continue;
                }
                for (double distance : distances) {
                    MixtureCase problem = one.shrunk(shrink).withDistance(distance);
                    System.err.printf("%s, distance %s%n", problem.name(), distance);
                    table.row(
                            problem.name(),
                            problem.size(),
                            "%.1f".formatted(distance),
                            compare(problem, new Course(spark, DATA, null), ratios));
                }
            }
        }
        return page(table + "\n" + caption(ratios));
    }

    @Override
    protected String software() throws IOException {
        return alone
                ? super.software()
                : super.software() + ", " + Python.versions(ScikitLearn.SCRIPT);
    }

    private List<String> compare(MixtureCase problem, Course course, List<Double> ratios)
            throws IOException {
        Run plain;
        Run accelerated;
        try (BlockTable table =
                BlockTable.of(
                        new MixtureData(problem, course.folder()).table(course.spark()),
                        TableOptions.DEFAULT)) {
            run(problem, table, true, WARM, 0);
            plain = run(problem, table, false, rounds, tolerance);
            accelerated = run(problem, table, true, rounds, tolerance);
        }
        int all = plain.rounds();
        double target = plain.objective();
        int few = accelerated.roundsTo(target);
        System.err.printf(
                "  plain %d rounds, %.7f nats per row; accelerated %d rounds, %.7f; there after"
                        + " %d%n",
                all, target, accelerated.rounds(), accelerated.objective(), few);
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(all));
        if (few < 0) {
            ratios.add(0.0);
            cells.addAll(List.of("", "", "%.2f".formatted(plain.seconds(all)), "", ""));
        } else {
            ratios.add((double) all / few);
            double before = plain.seconds(all);
            double after = accelerated.seconds(few);
            cells.add(Integer.toString(few));
            cells.add("%.1f".formatted((double) all / few));
            cells.add("%.2f".formatted(before));
            cells.add("%.2f".formatted(after));
            cells.add("%.1f".formatted(before / after));
        }
        if (alone) {
            return cells;
        }
        cells.add(
                peer("sklearn", problem, course, all)
                        .map(fit -> "%.1f".formatted(fit.seconds()))
                        .orElse(""));
        cells.add(
                peer("mllib", problem, course, all)
                        .map(
                                fit ->
                                        "%.1f (%+.4f)"
                                                .formatted(fit.seconds(), fit.objective() - target))
                        .orElse(""));
        return cells;
    }

    private static Optional<Fit> peer(String system, MixtureCase problem, Course course, int rounds)
            throws IOException {
        Optional<Contestant> contestant = problem.contestant(system, course);
        if (contestant.isEmpty()) {
            return Optional.empty();
        }
        try (Contestant one = contestant.get()) {
            one.fit(2);
            return Optional.of(one.fit(rounds));
        }
    }

    /**
     * The course of a fit.
     *
     * @param history round by round, with the last evaluation
     * @param ends nanoseconds from the start to the end of each round
     */
    private record Run(List<Round> history, List<Long> ends) {
        int rounds() {
            return history.size() - 1;
        }

        double objective() {
            return history.get(rounds()).objective();
        }

        /** Returns the number of updates of the first model that is as good; -1: none is. */
        int roundsTo(double objective) {
            return history.stream()
                    .filter(round -> round.objective() >= objective)
                    .findFirst()
                    .map(Round::number)
                    .orElse(-1);
        }

        /** Returns the seconds until the model of so many updates was evaluated. */
        double seconds(int rounds) {
            return ends.get(rounds) / 1e9;
        }
    }

    private static Run run(
            MixtureCase problem,
            BlockTable table,
            boolean accelerated,
            int rounds,
            double tolerance) {
        MixtureOptions options =
                problem.options(rounds)
                        .withAcceleration(accelerated)
                        .withStopping(new StoppingRule(rounds, tolerance));
        List<Long> ends = new ArrayList<>();
        long began = System.nanoTime();
        TrainerListener clock =
                (description, round, most, state) -> ends.add(System.nanoTime() - began);
        MixtureFit fit =
                new MixtureTrainer(table.train(), null, options, problem.start(), clock)
                        .fit()
                        .best();
        ends.add(System.nanoTime() - began);
        return new Run(fit.history(), ends);
    }

    private String caption(List<Double> ratios) {
        double[] sorted = ratios.stream().mapToDouble(x -> x).sorted().toArray();
        return """
        The target is the likelihood at which plain EM converges with a tolerance of %s nats per
        row. In the median, acceleration takes %.1f times fewer rounds to it. All fits of this
        project and of scikit-learn start from the same parameters, so scikit-learn makes the
        rounds of plain EM. MLlib draws its own start and makes as many rounds; the number in
        parentheses is its likelihood minus the target. An empty cell of the accelerated fit says
        that it went to another maximum, below the target.
        """
                .formatted(
                        tolerance,
                        (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }
}
