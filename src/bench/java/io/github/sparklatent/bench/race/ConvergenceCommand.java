package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.training.FitMethod;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Passes and seconds until each way to fit a mixture of overlapping components has converged. */
@Command(name = "convergence", description = "Passes and seconds of each way to fit a mixture, to the same likelihood.")
public final class ConvergenceCommand extends BenchCommand {
    private static final List<String> USUAL = List.of("gmm/A");

    /** Rounds of the fits that let the JIT compile the loops. */
    private static final int WARM = 5;

    @Mixin
    private Globs only;

    @Option(
            names = "--distance",
            split = ",",
            hideParamSyntax = true,
            description = "Distances of the centres, in deviations (${DEFAULT-VALUE}).")
    private List<Double> distances = List.of(1.0, 2.0);

    @Option(names = "--rounds", description = "Passes at most (${DEFAULT-VALUE}).")
    private int rounds = 300;

    @Option(names = "--tolerance", description = "Gain still to come at the end, in nats per row (${DEFAULT-VALUE}).")
    private double tolerance = 1e-5;

    @Option(names = "--near", description = "Distance to the likelihood of plain EM, in nats (${DEFAULT-VALUE}).")
    private double near = 0.01;

    @Option(names = "--shrink", description = "Use 1/N of the rows (${DEFAULT-VALUE}).")
    private int shrink = 1;

    /** The ways to fit; plain EM comes first and gives the target. */
    private static Map<String, MixtureOptions> ways(MixtureOptions plain) {
        Map<String, MixtureOptions> ways = new LinkedHashMap<>();
        ways.put("em", plain);
        ways.put("em, accelerated", plain.withAcceleration(true));
        ways.put("stepwise-em", plain.withFit(FitMethod.STEPWISE_EM));
        ways.put("gradient", plain.withFit(FitMethod.GRADIENT));
        return ways;
    }

    @Override
    protected List<String> pages() {
        return List.of();
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        require(rounds >= 1, "--rounds is %d, expected at least 1", rounds);
        MarkdownTable table = new MarkdownTable(
                4,
                List.of(
                        "",
                        "rows",
                        "distance",
                        "fit",
                        "passes to the target",
                        "seconds",
                        "passes in all",
                        "seconds",
                        "end above em, nats per row"));
        try (SparkSession spark = session()) {
            for (MixtureCase one : only.select(MixtureCase.ALL, MixtureCase::name)) {
                if (!only.isGiven() && !USUAL.contains(one.name())) {
                    continue;
                }
                for (double distance : distances) {
                    compare(one.shrunk(shrink).withDistance(distance), spark, table);
                }
            }
        }
        return page(table + "\n" + """
                        All fits start from the same parameters. The target is %s nats per row below the likelihood at which plain EM ends, after %d rounds or with a tolerance of %s nats per row.
                        An empty cell says that a fit has not reached the target: it went to another maximum.
                        """.formatted(near, rounds, tolerance));
    }

    private void compare(MixtureCase problem, SparkSession spark, MarkdownTable table) throws IOException {
        try (BlockTable rows = BlockTable.of(new MixtureData(problem, DATA).table(spark), TableOptions.DEFAULT)) {
            MixtureOptions plain = problem.options(rounds).withStopping(new StoppingRule(rounds, tolerance));
            double end = Double.NaN;
            for (Map.Entry<String, MixtureOptions> way : ways(plain).entrySet()) {
                run(problem, rows, way.getValue().withStopping(new StoppingRule(WARM, 0)));
                Run run = run(problem, rows, way.getValue());
                end = Double.isNaN(end) ? run.likelihoods().get(run.passes() - 1) : end;
                int reached = run.passesTo(end - near);
                double above = run.likelihoods().get(run.passes() - 1) - end;
                System.err.printf(
                        "%s, distance %s, %s: %d of %d passes, end %+.6f%n",
                        problem.name(), problem.distance(), way.getKey(), reached, run.passes(), above);
                table.row(
                        problem.name(),
                        problem.size(),
                        "%.1f".formatted(problem.distance()),
                        way.getKey(),
                        List.of(
                                reached < 0 ? "" : Integer.toString(reached),
                                reached < 0 ? "" : "%.1f".formatted(run.seconds(reached)),
                                Integer.toString(run.passes()),
                                "%.1f".formatted(run.seconds(run.passes())),
                                "%+.4f".formatted(above)));
            }
        }
    }

    /**
     * The course of a fit.
     *
     * @param likelihoods mean log-likelihood of the mixture after each pass
     * @param ends nanoseconds of the fit until the end of each pass
     */
    private record Run(List<Double> likelihoods, List<Long> ends) {
        int passes() {
            return likelihoods.size();
        }

        /** Returns the number of passes to a mixture that is as good; -1: none is. */
        int passesTo(double likelihood) {
            for (int i = 0; i < likelihoods.size(); i++) {
                if (likelihoods.get(i) >= likelihood) {
                    return i + 1;
                }
            }
            return -1;
        }

        double seconds(int passes) {
            return ends.get(passes - 1) / 1e9;
        }
    }

    /** Fits, and evaluates the mixture after each pass. The evaluations are not timed. */
    private static Run run(MixtureCase problem, BlockTable rows, MixtureOptions options) {
        List<Double> likelihoods = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        long[] began = {System.nanoTime()};
        SearchListener evaluating = (description, round, most, state) -> {
            long now = System.nanoTime();
            ends.add(now - began[0]);
            likelihoods.add(MixtureEvaluation.of(state.current().model().mixture(), rows.train())
                    .meanLogLikelihood());
            began[0] += System.nanoTime() - now;
        };
        MixtureFit fit = new MixtureTrainer(rows.train(), null, options, problem.start(), evaluating)
                .fit()
                .best();
        ends.add(System.nanoTime() - began[0]);
        likelihoods.add(fit.metrics().meanLogLikelihood());
        return new Run(likelihoods, ends);
    }
}
