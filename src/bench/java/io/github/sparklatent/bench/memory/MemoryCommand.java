package io.github.sparklatent.bench.memory;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.MnistFolder;
import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.data.Images;
import io.github.sparklatent.bench.report.Machine;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a task holds besides its rows, and whether the heap grows over two hundred rounds. */
@Command(name = "memory", description = "What tasks and driver hold besides the rows.")
public final class MemoryCommand extends BenchCommand {
    private static final int BATCH = 128;
    private static final int ROUNDS = 200;
    private static final int FIRST = 20;
    private static final double MEBIBYTE = 1 << 20;
    private static final Architecture SMALL = Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 200);
    private static final Architecture LARGE = Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 500, 500);

    @Mixin
    private MnistFolder mnist;

    @Override
    protected Map<String, String> measure() throws IOException {
        try (SparkSession spark = session()) {
            ImageTables tables = new ImageTables(spark, mnist.path());
            MarkdownTable mixtures = MixtureMemory.table(spark);
            MarkdownTable networks = new MarkdownTable(
                    1,
                    "network",
                    "parameters, MB",
                    "a task holds for a batch of 128, MB",
                    "besides batch and rows, MB",
                    "multiple of its parameters");
            FMatrixRMaj rows = Images.test(mnist.path()).rows();
            measure(networks, "784-200-20", SMALL, rows);
            measure(networks, "784-500-500-20", LARGE, rows);
            Architecture convolutional = Architectures.convolutional();
            measure(networks, "convolutions of 16 and 32 channels, 20", convolutional, rows);
            double[] kept;
            try (ShardTable train = tables.training(4)) {
                kept = rounds(train.train());
            }
            return page(networks + text(kept) + mixtures);
        }
    }

    private static String text(double... kept) {
        return """

        Heap after a collection, driver and executor in one process: %.1f MB after round %d,
        %.1f MB after round %d.

        Besides batch and rows, a task has its parameters, their gradient, and two moments of
        the optimiser, from the start of the round and updated: 6 times the parameters; and the
        packed operands of the products. The memory for a batch is what a batch of 256 takes more
        than one of 128. All figures are differences of two readings of the heap, and inexact
        for few parameters.

        For mixtures, driver and executor are one process with two tasks. The figure is what is
        reachable after the eighth block of a task minus what was reachable before the table was
        read. Besides the rows it holds copies of the model, some 16 K d² numbers with full
        covariances: on the driver, in the broadcast, as coefficients and sums of each task, and
        as results.

        """.formatted(kept[0] / MEBIBYTE, FIRST, kept[1] / MEBIBYTE, FIRST + ROUNDS);
    }

    private static void measure(MarkdownTable table, String name, Architecture architecture, FMatrixRMaj rows) {
        double parameters = architecture.parameterCount(Kind.VARIATIONAL) * (double) Float.BYTES;
        double held = NetworkMemory.ofOneRound(architecture, rows, BATCH);
        double batch = NetworkMemory.ofOneRound(architecture, rows, 2 * BATCH) - held;
        table.row(
                name,
                Stream.of(parameters / MEBIBYTE, batch / MEBIBYTE, (held - batch) / MEBIBYTE)
                        .map("%.1f"::formatted)
                        .toList(),
                "%.1f".formatted((held - batch) / parameters));
    }

    /** Trains, and returns the heap after two of the rounds. */
    private static double[] rounds(Shards train) {
        double[] kept = new double[2];
        AveragingListener watch = (NetworkRound round, AveragingState state) -> {
            if (round.number() == FIRST || round.number() == FIRST + ROUNDS) {
                kept[round.number() == FIRST ? 0 : 1] = Machine.heap();
            }
        };
        AveragingLoop.run(
                "memory",
                new VariationalObjective(SMALL, VariationalOptions.DEFAULT),
                train,
                null,
                AveragingState.start(SMALL.initialize(Kind.VARIATIONAL, 1)),
                AveragingOptions.DEFAULT.withRoundsPerEpoch(50).withMaxEpochs((FIRST + ROUNDS) / 50.0),
                watch);
        return kept;
    }
}
