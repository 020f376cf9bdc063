package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.OrderedSum;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.averaging.WeightedAverage;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Averages and sums the partial results of all partitions in partition order, so that the result always has the same
 * bits.
 *
 * <p>Long vectors are cut into slices. A shuffle sends the parts of each slice to one task, which sorts and combines
 * them in order; the driver thus receives each number once, for any number of partitions. Small parts are collected and
 * combined on the driver instead, which saves the shuffle and gives the same bits.
 */
public final class OrderedReduction {
    /**
     * Largest number of bytes that are collected, 32 MiB. On two cores, the results of two partitions, 16 MB each, took
     * 45 ms when collected and 150 ms with a shuffle; eight small ones took 4 and 30 ms.
     */
    private static final long MAX_COLLECTED = 1 << 25;

    /** Smallest number of entries of a slice, 8 KiB: a smaller one is dominated by its overhead. */
    private static final int MIN_SLICE = 1 << 10;

    /**
     * Largest number of slices. A round writes one shuffle block per partition and slice, and has one task per slice;
     * so the number of blocks grows linearly with the number of partitions.
     */
    private static final int MAX_SLICES = 64;

    /**
     * Largest number of entries of a slice, 128 MiB of sums. A task has one slice, and its memory must not grow with
     * the model.
     */
    private static final int MAX_SLICE = 1 << 24;

    private OrderedReduction() {}

    /**
     * Averages and adds the parts in one Spark job.
     *
     * @param parts parts to combine, at most one per partition
     * @param averaged number of entries of each part that are averaged; floats, whose average is double
     * @param added number of entries of each part that are added
     */
    public static Reduced run(JavaRDD<Partial> parts, int averaged, int added) {
        return isCollected(parts.getNumPartitions(), averaged, added)
                ? collect(parts, averaged, added)
                : shuffle(parts, averaged, added);
    }

    /**
     * Returns whether all parts together are small, or not larger than the combined result. A part of more than a slice
     * is not collected, because its task would hold it several times.
     */
    public static boolean isCollected(int partitions, int averaged, int added) {
        long part = (long) Float.BYTES * averaged + (long) Double.BYTES * added;
        long combined = Double.BYTES * ((long) averaged + added);
        return part <= (long) Double.BYTES * MAX_SLICE && partitions * part <= Math.max(MAX_COLLECTED, combined);
    }

    /** Returns what reaches the driver: the parts that are collected, or the combined result. */
    public static Traffic traffic(int partitions, int averaged, int added) {
        long part = (long) Float.BYTES * averaged + (long) Double.BYTES * added;
        long combined = Double.BYTES * ((long) averaged + added);
        boolean collected = isCollected(partitions, averaged, added);
        return new Traffic(partitions, collected ? partitions * part : combined);
    }

    static Reduced collect(JavaRDD<Partial> parts, int averaged, int added) {
        return Reduced.of(parts.collect(), averaged, added);
    }

    static Reduced shuffle(JavaRDD<Partial> parts, int averaged, int added) {
        int cores = parts.context().defaultParallelism();
        int slices = slices(parts.getNumPartitions(), cores, (long) averaged + added);
        JavaPairRDD<Long, Partial> cut = parts.flatMapToPair(part -> cut(part, slices))
                .repartitionAndSortWithinPartitions(new SlicePartitioner(slices));
        try {
            Reduced.Joined joined = new Reduced.Joined(averaged, added, slices);
            forEach(cut.mapPartitions(OrderedReduction::combineSlice), joined::add);
            return joined.reduced();
        } finally {
            KeptRows.releaseShuffle(cut.rdd());
        }
    }

    /**
     * Receives the slices one after the other, as their tasks end. {@code collect} would keep all of them until the
     * last one has arrived.
     */
    private static void forEach(JavaRDD<Reduced.Slice> slices, Consumer<Reduced.Slice> action) {
        slices.context()
                .runJob(
                        slices.rdd(),
                        new Single(),
                        new AbstractFunction2<Object, Reduced.Slice, BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Object task, Reduced.Slice slice) {
                                if (slice != null) {
                                    action.accept(slice);
                                }
                                return BoxedUnit.UNIT;
                            }
                        },
                        ClassTag$.MODULE$.apply(Reduced.Slice.class));
    }

    /** Returns the slice of a task, or null if no partition had a part. */
    private static final class Single extends AbstractFunction1<scala.collection.Iterator<Reduced.Slice>, Reduced.Slice>
            implements Serializable {
        @Override
        public Reduced.Slice apply(scala.collection.Iterator<Reduced.Slice> slices) {
            return slices.hasNext() ? slices.next() : null;
        }
    }

    /**
     * Returns the number of slices, on which no bit of the result depends: one per core, because every map task opens
     * one file per slice. There are not more than partitions and not more than {@link #MAX_SLICES}, and fewer if slices
     * would be too small. Above all, no slice has more than {@link #MAX_SLICE} entries.
     */
    public static int slices(int partitions, int cores, long length) {
        long most = Math.min(Math.min(partitions, MAX_SLICES), length / MIN_SLICE);
        long least = 1 + (length - 1) / MAX_SLICE;
        return (int) Math.max(least, Math.min(most, cores));
    }

    /**
     * Cuts a part into slices. The header of the part goes before each slice, because an average needs the weights of
     * all parts before its first addition.
     */
    private static Iterator<Tuple2<Long, Partial>> cut(Partial part, int slices) {
        Partial header = part.slice(0, 0);
        return IntStream.range(0, slices)
                .boxed()
                .flatMap(slice -> Stream.of(
                        new Tuple2<>(SlicePartitioner.header(slice, part.partition), header),
                        new Tuple2<>(SlicePartitioner.content(slice, part.partition), slice(part, slice, slices))))
                .iterator();
    }

    private static Partial slice(Partial part, int slice, int slices) {
        long length = part.length();
        return part.slice(Reduced.first(slice, slices, length), Reduced.first(slice + 1, slices, length));
    }

    /**
     * Combines the parts of one slice as they arrive: all headers first, then the contents in partition order. Spark's
     * sorter writes them to disk if they do not fit in memory.
     */
    private static Iterator<Reduced.Slice> combineSlice(Iterator<Tuple2<Long, Partial>> parts) {
        Combination slice = new Combination(false);
        int index = -1;
        while (parts.hasNext()) {
            Tuple2<Long, Partial> part = parts.next();
            index = SlicePartitioner.slice(part._1);
            if (SlicePartitioner.isHeader(part._1)) {
                slice.count(part._2);
            } else {
                slice.add(part._2);
            }
        }
        return index < 0
                ? List.<Reduced.Slice>of().iterator()
                : List.of(new Reduced.Slice(index, slice.reduced())).iterator();
    }

    /**
     * Sends each slice of the partial results to the task with its index. The natural order of the keys is the order in
     * which a task combines: by slice, headers before contents, then by partition.
     *
     * <pre>
     *   key = slice · 2³² + (0 for a header, 2³¹ for a content) + partition
     * </pre>
     */
    private static final class SlicePartitioner extends Partitioner {
        private static final long CONTENT = 1L << 31;

        private final int slices;

        SlicePartitioner(int slices) {
            this.slices = slices;
        }

        /** Returns the key of the header of a partition's part. */
        static long header(int slice, int partition) {
            return (long) slice << Integer.SIZE | partition;
        }

        /** Returns the key of the content of a partition's part. */
        static long content(int slice, int partition) {
            return header(slice, partition) | CONTENT;
        }

        static boolean isHeader(long key) {
            return (key & CONTENT) == 0;
        }

        static int slice(long key) {
            return (int) (key >>> Integer.SIZE);
        }

        @Override
        public int numPartitions() {
            return slices;
        }

        @Override
        public int getPartition(Object key) {
            return slice((Long) key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SlicePartitioner partitioner && partitioner.slices == slices;
        }

        @Override
        public int hashCode() {
            return slices;
        }
    }

    /**
     * Combines partial results one by one. All parts are counted first and added afterwards, because the total weight
     * must be known before the first part is added to an average. Both happen in partition order, so the result always
     * has the same bits.
     */
    static final class Combination {
        private final boolean parallel;
        private double weight;
        private long start = Long.MAX_VALUE;
        private long end = Long.MIN_VALUE;
        private WeightedAverage average;
        private OrderedSum sum;

        /**
         * Creates a combination without parts.
         *
         * @param parallel whether all cores may be used, see {@link WeightedAverage}
         */
        Combination(boolean parallel) {
            this.parallel = parallel;
        }

        /** Counts the weight and the time of a part; its entries are not read. */
        void count(Partial part) {
            weight += part.weight;
            start = Math.min(start, part.start);
            end = Math.max(end, part.end);
        }

        /** Adds the entries of a part. All parts have been counted before. */
        void add(Partial part) {
            begin(part.averaged.length(), part.values.length());
            average.add(part.averaged.values(), part.weight);
            sum.add(part.values.values());
        }

        /** Makes room for the result, unless there is room. */
        private void begin(int averaged, int added) {
            if (average == null) {
                average = new WeightedAverage(averaged, weight, parallel);
                sum = new OrderedSum(added);
            }
        }

        /** Returns the combined parts, of which there is at least one. */
        Reduced reduced() {
            return new Reduced(average.values(), sum.values(), start, end);
        }

        /** Returns the combined parts, or zeros if there are none. */
        Reduced reduced(int averaged, int added) {
            begin(averaged, added);
            return reduced();
        }
    }
}
