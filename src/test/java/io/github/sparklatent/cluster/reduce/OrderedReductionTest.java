package io.github.sparklatent.cluster.reduce;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.Jobs;
import io.github.sparklatent.learn.OrderedSum;
import io.github.sparklatent.learn.PackedDoubles;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class OrderedReductionTest {
    private final JavaSparkContext context =
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

    /** Numbers of very different size, so that each order of summation has bits of its own. */
    private static double[] values(int partition, int length) {
        RandomGenerator random = RandomStreams.of(partition, Purpose.NOISE);
        return random.doubles(length).map(x -> (x - 0.5) * Math.pow(10, 8 * x)).toArray();
    }

    /** A part for each partition but every third. */
    private JavaRDD<Partial> parts(int partitions, int length) {
        return context.parallelize(Collections.nCopies(partitions, 0), partitions)
                .mapPartitionsWithIndex(
                        (i, empty) -> i % 3 == 2
                                ? List.<Partial>of().iterator()
                                : List.of(new Partial(i, 1000 + i, 2000 + i, values(i, length)))
                                        .iterator(),
                        true);
    }

    private static double[] expected(int partitions, int length) {
        OrderedSum sum = new OrderedSum(length);
        for (int i = 0; i < partitions; i++) {
            if (i % 3 != 2) {
                sum.add(values(i, length));
            }
        }
        return sum.values();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 3001",
        "4, 1",
        "4, 1023",
        "5, 2048",
        "7, 3001",
        "3, 65537",
        "8, 4100",
        "16, 20000",
        "64, 2100",
        "96, 70000"
    })
    void bothWaysGiveTheBitsOfTheSumInPartitionOrder(int partitions, int length) {
        double[] expected = expected(partitions, length);
        JavaRDD<Partial> parts = parts(partitions, length);
        assertThat(OrderedReduction.collect(parts, 0, length).sums()).containsExactly(expected);
        assertThat(OrderedReduction.shuffle(parts, 0, length).sums()).containsExactly(expected);
        assertThat(OrderedReduction.run(parts, 0, length).sums()).containsExactly(expected);
    }

    /** A part for each partition but every third: floats to be averaged, doubles to be added. */
    private static Partial mixed(int partition, int averaged, int added) {
        double[] numbers = values(partition, averaged + added);
        float[] floats = new float[averaged];
        for (int i = 0; i < averaged; i++) {
            floats[i] = (float) numbers[i];
        }
        return new Partial(
                partition,
                1000 + partition,
                2000 + partition,
                1 + 0.1 * partition,
                PackedFloats.of(floats),
                PackedDoubles.of(Arrays.copyOfRange(numbers, averaged, averaged + added)));
    }

    /** Cuts within the averaged entries, at their end and within the added ones. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 2",
        "4, 3, 1",
        "4, 2048, 0",
        "4, 2048, 2048",
        "5, 1000, 3001",
        "7, 50001, 9",
        "8, 2048, 1100",
        "64, 2048, 1100"
    })
    void averagesAndSumsAreThoseInPartitionOrderBothWays(int partitions, int averaged, int added) {
        JavaRDD<Partial> parts = context.parallelize(Collections.nCopies(partitions, 0), partitions)
                .mapPartitionsWithIndex(
                        (i, empty) -> i % 3 == 2
                                ? List.<Partial>of().iterator()
                                : List.of(mixed(i, averaged, added)).iterator(),
                        true);
        double weight = 0;
        for (int i = 0; i < partitions; i++) {
            weight += i % 3 == 2 ? 0 : mixed(i, averaged, added).weight;
        }
        double[] expected = new double[averaged + added];
        for (int i = 0; i < partitions; i++) {
            Partial part = mixed(i, averaged, added);
            float[] floats = part.averaged.values();
            double[] sums = part.values.values();
            for (int j = 0; j < expected.length && i % 3 != 2; j++) {
                expected[j] += j < averaged ? part.weight / weight * floats[j] : sums[j - averaged];
            }
        }
        List<Reduced> ways = List.of(
                OrderedReduction.collect(parts, averaged, added),
                OrderedReduction.shuffle(parts, averaged, added),
                OrderedReduction.run(parts, averaged, added));
        for (Reduced reduced : ways) {
            assertThat(DoubleStream.concat(stream(reduced.average()), stream(reduced.sums())))
                    .containsExactly(Arrays.stream(expected).boxed().toArray(Double[]::new));
        }
    }

    @Test
    void whereNoPartitionHasRowsTheSumIsZero() {
        JavaRDD<Partial> none = context.parallelize(List.<Partial>of(), 3);
        assertThat(OrderedReduction.collect(none, 1, 2).average()).containsExactly(0);
        assertThat(OrderedReduction.collect(none, 1, 2).sums()).containsExactly(0, 0);
        assertThat(OrderedReduction.shuffle(none, 1, 2).average()).containsExactly(0);
        assertThat(OrderedReduction.shuffle(none, 1, 2).sums()).containsExactly(0, 0);
        assertThat(OrderedReduction.run(none, 0, 2).computeSeconds()).isZero();
    }

    @Test
    void computingLastsFromTheFirstStartToTheLastEnd() {
        JavaRDD<Partial> parts = parts(5, 3000);
        assertThat(OrderedReduction.collect(parts, 0, 3000).computeSeconds()).isEqualTo(1.004);
        assertThat(OrderedReduction.shuffle(parts, 0, 3000).computeSeconds()).isEqualTo(1.004);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8, 1, 1",
        "4096, 16, 1023, 1",
        "4096, 16, 5000, 4",
        "8, 16, 4000000, 8",
        "4096, 16, 2000000, 16",
        "4096, 1000, 2000000, 64",
        "2, 1, 244000000, 15",
        "4096, 1000, 2147483647, 128",
        "4096, 1000, 2147483660, 129"
    })
    void slicesAreAsManyAsCoresUpTo64ButNoneTinyOrHuge(int partitions, int cores, long length, int slices) {
        assertThat(OrderedReduction.slices(partitions, cores, length)).isEqualTo(slices);
    }

    /** The promise: what the driver receives does not grow with the number of partitions. */
    @Test
    void theDriverReceivesEachNumberOnce() {
        int length = 60_000;
        long vector = (long) length * Double.BYTES;
        try (Jobs jobs = Jobs.follow(context.sc())) {
            OrderedReduction.shuffle(parts(6, length), 0, length);
            long few = jobs.resultBytes();
            OrderedReduction.shuffle(parts(24, length), 0, length);
            long many = jobs.resultBytes() - few;
            assertThat(jobs.descriptions()).as("one job each").hasSize(2);
            // A task's own metrics are 1 to 4 KiB; there are two tasks a partition.
            assertThat(few).isBetween(vector, vector + 2 * 6 * 4096);
            assertThat(many).isBetween(vector, vector + 2 * 24 * 4096);
        }
    }

    /**
     * 32 MiB of all parts, or as much as they are combined to: averages are doubles, parts floats. A part has at most
     * 128 MiB.
     */
    @ParameterizedTest
    @CsvSource({
        "32, 0, 131072, true",
        "32, 0, 131073, false",
        "32, 262144, 0, true",
        "32, 262145, 0, false",
        "1, 0, 16777216, true",
        "1, 0, 16777217, false",
        "2, 33554432, 0, true",
        "3, 33554432, 0, false",
        "2, 33554433, 0, false",
        "2, 0, 16777216, false"
    })
    void theShortWayEndsWhereShufflingBringsTheDriverLess(int partitions, int averaged, int added, boolean collected) {
        assertThat(OrderedReduction.isCollected(partitions, averaged, added)).isEqualTo(collected);
    }

    @Test
    void whatIsShortIsCollectedAndWhatIsLongIsNot() {
        try (Jobs jobs = Jobs.follow(context.sc())) {
            OrderedReduction.run(parts(32, 4096), 0, 4096);
            long collected = jobs.resultBytes();
            assertThat(collected).isGreaterThan(20 * 4096 * Double.BYTES);
            OrderedReduction.run(parts(32, 150_000), 0, 150_000);
            assertThat(jobs.resultBytes() - collected).isLessThan(150_000 * 8 + 64 * 4096);
        }
    }

    /** The blocks of a round grow linearly with the number of partitions, not with its square. */
    @Test
    void aRoundHasOneReducingTaskPerCoreAndABlockOfEachPartitionForEach() {
        int partitions = 96;
        try (Jobs jobs = Jobs.follow(context.sc())) {
            OrderedReduction.shuffle(parts(partitions, 98_304), 0, 98_304);
            assertThat(jobs.tasks()).isEqualTo(partitions + 2);
            // Two of three partitions have a part; a block has one header and one content.
            assertThat(jobs.shuffledRows()).isEqualTo(64 * 2 * 2);
        }
    }

    /** Else a training's files would wait for the driver's garbage collection. */
    @Test
    void theShuffleOfARoundGoesWithTheRound() {
        Set<Integer> before = Jobs.shuffles();
        OrderedReduction.shuffle(parts(4, 4096), 0, 4096);
        assertThat(before).containsAll(Jobs.shuffles());
    }
}
