package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.reduce.OrderedReduction;
import io.github.sparklatent.cluster.reduce.Partial;
import io.github.sparklatent.cluster.reduce.Reduced;
import io.github.sparklatent.learn.PackedDoubles;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/**
 * Averages the results of many tiny partitions as a round of a network does, and reports the tasks, the shuffled bytes
 * and the seconds of a round. Partitions that do no work show what a round costs besides the work.
 */
@Command(
        name = "partitions",
        description = "Rounds of 64, 512 and 4,096 tiny partitions: tasks, blocks, bytes, seconds.")
final class PartitionsDrill extends DrillCommand {
    private static final int AVERAGED = 1 << 17;
    private static final int ADDED = 5;
    private static final int ROUNDS = 3;

    /** The first round of each size is not measured. Rounds must not differ in a bit. */
    @Override
    String run(Path folder, Random random) throws Exception {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            return rounds(JavaSparkContext.fromSparkContext(spark.sparkContext()), isShort(), seed())
                    .toString();
        }
    }

    private static MarkdownTable rounds(JavaSparkContext context, boolean quick, long seed) throws TimeoutException {
        MarkdownTable table = new MarkdownTable(
                1,
                "partitions",
                "tasks a round",
                "shuffle blocks",
                "shuffled MB",
                "MB to the driver",
                "seconds a round",
                "checksum");
        for (int partitions : quick ? List.of(64, 512) : List.of(64, 512, 4096)) {
            table.row(partitions, round(context, partitions, seed));
        }
        return table;
    }

    private static List<String> round(JavaSparkContext context, int partitions, long seed) throws TimeoutException {
        long checksum = checksum(reduce(context, partitions, seed));
        Costs costs = new Costs();
        List<Double> seconds = new ArrayList<>();
        context.sc().addSparkListener(costs);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            Reduced reduced = reduce(context, partitions, seed);
            seconds.add((System.nanoTime() - start) / 1e9);
            if (checksum(reduced) != checksum) {
                throw new IllegalStateException(
                        "round %d over %d partitions has other bits than the first round, seed %d"
                                .formatted(round + 2, partitions, seed));
            }
        }
        context.sc().listenerBus().waitUntilEmpty(60_000);
        context.sc().removeSparkListener(costs);
        Collections.sort(seconds);
        return List.of(
                "%,d".formatted(costs.tasks.sum() / ROUNDS),
                "%,d".formatted(costs.blocks.sum() / ROUNDS),
                "%,.0f".formatted(costs.shuffled.sum() / ROUNDS / 1e6),
                "%,.1f".formatted(costs.results.sum() / ROUNDS / 1e6),
                "%.2f".formatted(seconds.get(ROUNDS / 2)),
                "%08x".formatted(checksum));
    }

    private static Reduced reduce(JavaSparkContext context, int partitions, long seed) {
        JavaRDD<Partial> parts = context.parallelize(Collections.nCopies(partitions, 0), partitions)
                .mapPartitionsWithIndex((i, empty) -> List.of(part(i, seed)).iterator(), true);
        return OrderedReduction.run(parts, AVERAGED, ADDED);
    }

    private static Partial part(int partition, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, partition);
        float[] averaged = new float[AVERAGED];
        float scale = random.nextFloat();
        for (int i = 0; i < averaged.length; i++) {
            averaged[i] = scale * i;
        }
        long now = System.currentTimeMillis();
        double[] added = random.doubles(ADDED).toArray();
        return new Partial(
                partition, now, now, 1 + random.nextDouble(), PackedFloats.of(averaged), PackedDoubles.of(added));
    }

    private static long checksum(Reduced reduced) {
        CRC32C sum = new CRC32C();
        Arrays.stream(new double[][] {reduced.average, reduced.sums})
                .flatMapToDouble(Arrays::stream)
                .mapToLong(Double::doubleToLongBits)
                .forEach(bits -> {
                    sum.update((int) bits);
                    sum.update((int) (bits >>> Byte.SIZE));
                    sum.update((int) (bits >>> Integer.SIZE));
                    sum.update((int) (bits >>> Long.SIZE - Byte.SIZE));
                });
        return sum.getValue();
    }

    /** The tasks of all rounds. */
    private static final class Costs extends SparkListener {
        private final LongAdder tasks = new LongAdder();
        private final LongAdder blocks = new LongAdder();
        private final LongAdder shuffled = new LongAdder();
        private final LongAdder results = new LongAdder();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            tasks.increment();
            blocks.add(end.taskMetrics().shuffleReadMetrics().totalBlocksFetched());
            shuffled.add(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
            results.add(end.taskMetrics().resultSize());
        }
    }
}
