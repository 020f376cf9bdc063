package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.OrderedSum;
import io.github.sparklatent.learn.WeightedAverage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Averages and sums the partial results of all partitions in partition order, the same bits
 * whenever and wherever they were computed.
 *
 * <p>Long vectors are cut into slices; a shuffle brings each slice's parts to one task, which
 * combines them in order, so the driver receives each number once whatever the number of
 * partitions. Where all parts together are small they are collected and added on the driver, which
 * saves the shuffle and gives the same bits.
 */
final class OrderedReduction {
    /**
     * Doubles that may be collected: 1 MiB, below which a collect of 8 parts took 4 ms and a
     * shuffle 30 ms.
     */
    private static final long SHORT_WAY = 1 << 17;

    /** Doubles of a slice at least, 8 KiB: under that its envelope weighs more than it does. */
    private static final int LEAST_SLICE = 1 << 10;

    private OrderedReduction() {}

    /**
     * Runs one Spark job.
     *
     * @param parts at most one for each partition
     * @param length entries of each part
     */
    static Reduced run(JavaRDD<Partial> parts, int length) {
        return run(parts, 0, length);
    }

    /**
     * Runs one Spark job.
     *
     * @param parts at most one for each partition
     * @param averaged entries of each part that are averaged; floats, so they weigh half
     * @param added entries of each part that are added
     */
    static Reduced run(JavaRDD<Partial> parts, int averaged, int added) {
        int length = averaged + added;
        long doubles = parts.getNumPartitions() * (averaged / 2L + added);
        return doubles <= SHORT_WAY ? collect(parts, length) : shuffle(parts, length);
    }

    static Reduced collect(JavaRDD<Partial> parts, int length) {
        return new Reduced(length).with(0, combine(parts.collect()));
    }

    static Reduced shuffle(JavaRDD<Partial> parts, int length) {
        int slices = slices(parts.getNumPartitions(), length);
        JavaPairRDD<Integer, Partial> cut =
                parts.flatMapToPair(part -> cut(part, slices))
                        .partitionBy(new HashPartitioner(slices));
        try {
            Reduced reduced = new Reduced(length);
            cut.mapPartitions(OrderedReduction::combineSlice)
                    .collect()
                    .forEach(slice -> reduced.with(from(slice._1, length, slices), slice._2));
            return reduced;
        } finally {
            OwnShuffle.release(cut.rdd());
        }
    }

    /** As many as partitions, but none of them tiny. */
    static int slices(int partitions, int length) {
        return Math.max(1, Math.min(partitions, length / LEAST_SLICE));
    }

    private static int from(int slice, int length, int slices) {
        return (int) ((long) slice * length / slices);
    }

    private static Iterator<Tuple2<Integer, Partial>> cut(Partial part, int slices) {
        return IntStream.range(0, slices)
                .mapToObj(slice -> new Tuple2<>(slice, slice(part, slice, slices)))
                .iterator();
    }

    private static Partial slice(Partial part, int slice, int slices) {
        int length = part.length();
        return part.slice(from(slice, length, slices), from(slice + 1, length, slices));
    }

    private static Iterator<Tuple2<Integer, Partial>> combineSlice(
            Iterator<Tuple2<Integer, Partial>> parts) {
        List<Partial> slice = new ArrayList<>();
        int index = -1;
        while (parts.hasNext()) {
            Tuple2<Integer, Partial> part = parts.next();
            index = part._1;
            slice.add(part._2);
        }
        return slice.isEmpty()
                ? List.<Tuple2<Integer, Partial>>of().iterator()
                : List.of(new Tuple2<>(index, combine(slice))).iterator();
    }

    /** Averaged and added entries, one after the other, as doubles. */
    private static Partial combine(List<Partial> parts) {
        if (parts.isEmpty()) {
            return new Partial(0, 0, 0, new double[0]);
        }
        List<Partial> ordered = new ArrayList<>(parts);
        ordered.sort(Comparator.comparingInt(part -> part.partition));
        double weight = 0;
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (Partial part : ordered) {
            weight += part.weight;
            start = Math.min(start, part.start);
            end = Math.max(end, part.end);
        }
        Partial first = ordered.get(0);
        WeightedAverage average = new WeightedAverage(first.averaged.length(), weight);
        OrderedSum sum = new OrderedSum(first.values.length);
        for (Partial part : ordered) {
            average.add(part.averaged.unpack(), part.weight);
            sum.add(part.values);
        }
        double[] both = Arrays.copyOf(average.values(), first.length());
        System.arraycopy(sum.values(), 0, both, first.averaged.length(), first.values.length);
        return new Partial(0, start, end, both);
    }

    /** What came out, and when its parts were computed. */
    static final class Reduced {
        final double[] values;
        private long start = Long.MAX_VALUE;
        private long end = Long.MIN_VALUE;

        private Reduced(int length) {
            this.values = new double[length];
        }

        private Reduced with(int from, Partial slice) {
            System.arraycopy(slice.values, 0, values, from, slice.values.length);
            if (slice.values.length > 0) {
                start = Math.min(start, slice.start);
                end = Math.max(end, slice.end);
            }
            return this;
        }

        /** Seconds from the first part's start to the last one's end. */
        double computeSeconds() {
            return end > start ? (end - start) / 1e3 : 0;
        }
    }
}
