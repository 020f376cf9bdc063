package io.github.sparklatent.bench.jobs;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.race.MixtureCase;
import io.github.sparklatent.bench.race.MixtureData;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.learn.em.Round;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains mixtures on a cluster as a job does, from reading to the last round. */
@Command(name = "cluster", description = "Memory and seconds on a standalone cluster of two workers.")
public final class ClusterCommand extends BenchCommand {
    private static final double MEBI = 1 << 20;
    private static final List<String> USUAL = List.of("gmm/A", "gmm/C", "gmm/E");

    @Mixin
    private Globs only;

    @Option(names = "--rounds", description = "EM rounds (${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(names = "--shrink", description = "Use 1/N of the rows, for a try.")
    private int shrink = 1;

    @Override
    protected Map<String, String> measure() throws IOException {
        require(rounds >= 2, "--rounds is %d, expected at least 2", rounds);
        MarkdownTable table = new MarkdownTable(
                2,
                "",
                "n x d, components",
                "rows, MB",
                "all results to the driver, MB",
                "driver's heap, peak and kept, MB",
                "executor's heap, peak, MB",
                "read, s",
                "train, s",
                "round, s");
        List<MixtureCase> cases = only.select(MixtureCase.ALL, MixtureCase::name).stream()
                .filter(one -> only.isGiven() || USUAL.contains(one.name()))
                .map(one -> one.shrunk(shrink))
                .toList();
        try (SparkSession spark = session()) {
            for (MixtureCase problem : cases) {
                System.err.printf("%s: %s%n", problem.name(), problem.size());
                table.row(problem.name(), problem.size(), train(spark, problem));
            }
        }
        return page(table + """

                        The figures are of a training of %d rounds from k-means||, as a job does it, on
                        two workers of one core each: a driver of 2 GB, executors of 4 GB. The rows stay
                        on the workers. The driver receives sums, and candidates for centres. Peaks
                        include garbage that did not have to be collected.
                        """.formatted(rounds));
    }

    private List<String> train(SparkSession spark, MixtureCase problem) {
        Dataset<Row> rows = new MixtureData(problem, DATA).table(spark);
        MemoryWatch watch = MemoryWatch.over(spark.sparkContext());
        long began = System.nanoTime();
        try (BlockTable table = BlockTable.of(rows, TableOptions.DEFAULT)) {
            long read = System.nanoTime();
            List<Round> history = new MixtureTrainer(
                            table.train(), null, problem.options(rounds), null, TrainerListener.NONE)
                    .fit()
                    .best()
                    .history();
            long trained = System.nanoTime();
            double[] seconds = history.stream()
                    .skip(1)
                    .mapToDouble(Round::seconds)
                    .sorted()
                    .toArray();
            MemoryWatch.Peaks memory = watch.peaks();
            return List.of(
                    "%.0f".formatted(problem.bytes() / MEBI),
                    "%.1f".formatted(memory.received() / MEBI),
                    "%.0f and %.0f".formatted(memory.driver() / MEBI, memory.driverKept() / MEBI),
                    "%.0f".formatted(memory.executor() / MEBI),
                    "%.1f".formatted((read - began) / 1e9),
                    "%.1f".formatted((trained - read) / 1e9),
                    "%.3f".formatted(seconds[seconds.length / 2]));
        }
    }
}
