package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.Bench;
import io.github.sparklatent.bench.MixtureMemory;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.AveragingListener;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** What a task holds beside its rows, and what two hundred rounds leave in the heap. */
final class TaskMemory implements Measurement {
    private static final int BATCH = 128;
    private static final int ROUNDS = 200;
    private static final int FIRST = 20;
    private static final double MEBIBYTE = 1 << 20;

    private final NetworkOptions options;
    private final StringBuilder out = new StringBuilder();
    private String mixtures;

    TaskMemory(NetworkOptions options) {
        this.options = options;
    }

    @Override
    public void run(SparkSession spark) throws IOException {
        mixtures = MixtureMemory.text(spark, Bench.DATA);
        ImageTables tables = new ImageTables(spark, options.data());
        out.append(
                """
                | network | parameters, MB | a task holds for a batch of 128, MB | beside batch and rows, MB | that is times its parameters |
                | --- | ---: | ---: | ---: | ---: |
                """);
        measure("784-200-20", Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 200));
        measure(
                "784-500-500-20",
                Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 500, 500));
        measure("convolutions of 16 and 32 channels, 20", Architectures.convolutional());
        try (ShardTable train = tables.training(4)) {
            rounds(train.train());
        }
    }

    private void measure(String name, Architecture architecture) throws IOException {
        double parameters = architecture.parameterCount(Kind.VARIATIONAL) * (double) Float.BYTES;
        FMatrixRMaj rows = Images.test(options.data()).rows();
        double held = HeldMemory.ofOneRound(architecture, rows, BATCH);
        double batch = HeldMemory.ofOneRound(architecture, rows, 2 * BATCH) - held;
        out.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %.1f | %.1f |%n",
                        name,
                        parameters / MEBIBYTE,
                        batch / MEBIBYTE,
                        (held - batch) / MEBIBYTE,
                        (held - batch) / parameters));
    }

    /** Driver and executor are one process here. */
    private void rounds(Shards train) {
        Architecture architecture =
                Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 200);
        double[] kept = new double[2];
        AveragingListener watch =
                (NetworkRound round, AveragingState state) -> {
                    if (round.number() == FIRST || round.number() == FIRST + ROUNDS) {
                        kept[round.number() == FIRST ? 0 : 1] = heap();
                    }
                };
        AveragingLoop.run(
                "memory",
                new VariationalObjective(architecture, VariationalOptions.DEFAULT),
                train,
                null,
                AveragingState.start(architecture.initialize(Kind.VARIATIONAL, 1)),
                AveragingOptions.DEFAULT
                        .withRoundsPerPass(50)
                        .withMaxPasses((FIRST + ROUNDS) / 50.0),
                watch);
        out.append(
                String.format(
                        Locale.ROOT,
                        "%nHeap after a collection, driver and executor in one process: %.1f MB"
                                + " after round %d, %.1f MB after round %d.%n",
                        kept[0] / MEBIBYTE,
                        FIRST,
                        kept[1] / MEBIBYTE,
                        FIRST + ROUNDS));
    }

    static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public String text() {
        return out
                + """

                Beside batch and rows a task has, in parameters: those that it moves, their gradient,
                the moments that it begins with and those that it moves, 6 times by count; and what the
                products pack. What it holds for a batch is what a batch of 256 takes more. All are
                differences of two readings of the heap, rough where the parameters are few.

                Mixtures, driver and executor in one process of two tasks: what is reachable after
                the eighth block of a task, without what was before the table was read. Beside the
                rows that is the model on its ways, of full covariances some 16 K d² numbers in all:
                on the driver, broadcast, as coefficients and sums of each task, as results.

                """
                + mixtures;
    }
}
