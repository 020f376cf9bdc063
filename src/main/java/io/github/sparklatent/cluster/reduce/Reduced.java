package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.PackedDoubles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The combined results of all partitions, and the time that their computation took. In each {@link Partial}, some
 * entries are averaged and the others are added.
 *
 * @param average weighted averages of the entries that are averaged
 * @param sums sums of the entries that are added
 * @param start start of the first part, in milliseconds on the executors' clocks
 * @param end end of the last part, in milliseconds on the executors' clocks
 */
public record Reduced(double[] average, double[] sums, long start, long end) {
    /**
     * Combines the results of the partitions on the driver, in partition order. Returns zeros if there are none.
     *
     * @param parts results of the partitions, in any order
     * @param averaged number of entries of each part that are averaged
     * @param added number of entries of each part that are added
     */
    static Reduced of(List<Partial> parts, int averaged, int added) {
        List<Partial> ordered = new ArrayList<>(parts);
        ordered.sort(Comparator.comparingInt(part -> part.partition));
        OrderedReduction.Combination combination = new OrderedReduction.Combination(true);
        ordered.forEach(combination::count);
        ordered.forEach(combination::add);
        return combination.reduced(averaged, added);
    }

    /**
     * A job and its times in seconds.
     *
     * @param broadcast time in which the driver serialised the work
     * @param compute time from the start of the first part to the end of the last one
     * @param reduce rest of the time of the job
     */
    public record Job(Reduced reduced, double broadcast, double compute, double reduce) {}

    /**
     * Sends work to the workers and runs a job that needs it. The work is released when the job has ended.
     *
     * @param job runs the job
     */
    public static <W extends Serializable> Job run(
            JavaSparkContext context, String description, W work, Function<Broadcast<Shipped<W>>, Reduced> job) {
        long start = System.nanoTime();
        Broadcast<Shipped<W>> shipped = context.broadcast(Shipped.of(work));
        long sent = System.nanoTime();
        try {
            Reduced reduced = Described.run(context, description, () -> job.apply(shipped));
            double seconds = (System.nanoTime() - sent) / 1e9;
            double compute = Math.min(seconds, reduced.computeSeconds());
            return new Job(reduced, (sent - start) / 1e9, compute, seconds - compute);
        } finally {
            shipped.destroy();
        }
    }

    /** Seconds from the start of the first part to the end of the last one. */
    double computeSeconds() {
        return end > start ? (end - start) / 1e3 : 0;
    }

    /**
     * One slice of the result vectors (a range of their entries), combined over all partitions. A task sends it to the
     * driver. The class is not a record, because Kryo cannot read records.
     */
    static final class Slice implements Serializable {
        private static final long serialVersionUID = 2L;

        private final int index;
        private final PackedDoubles average;
        private final PackedDoubles sums;
        private final long start;
        private final long end;

        /**
         * Packs a slice.
         *
         * @param index index of the slice
         * @param combined this slice of the parts, combined. Kept, not copied.
         */
        Slice(int index, Reduced combined) {
            this.index = index;
            this.average = PackedDoubles.of(combined.average);
            this.sums = PackedDoubles.of(combined.sums);
            this.start = combined.start;
            this.end = combined.end;
        }
    }

    /**
     * The whole vectors on the driver, into which slices are copied as they arrive. So the driver holds the vectors
     * once, and besides them only the slices that are on their way.
     */
    static final class Joined {
        private final double[] average;
        private final double[] sums;
        private final int slices;
        private long start = Long.MAX_VALUE;
        private long end = Long.MIN_VALUE;

        /**
         * Creates vectors of zeros.
         *
         * @param averaged number of averaged entries of all slices together
         * @param added number of added entries of all slices together
         * @param slices number of slices
         */
        Joined(int averaged, int added, int slices) {
            this.average = new double[averaged];
            this.sums = new double[added];
            this.slices = slices;
        }

        /** Copies a slice to its place. Slices arrive in any order. */
        void add(Slice slice) {
            long from = first(slice.index, slices, (long) average.length + sums.length);
            copy(slice.average, average, from);
            copy(slice.sums, sums, Math.max(from - average.length, 0));
            start = Math.min(start, slice.start);
            end = Math.max(end, slice.end);
        }

        private static void copy(PackedDoubles part, double[] whole, long from) {
            if (part.length() > 0) {
                System.arraycopy(part.values(), 0, whole, (int) from, part.length());
            }
        }

        /** Returns the vectors when all slices have arrived. A missing slice is zeros. */
        Reduced reduced() {
            return new Reduced(average, sums, start, end);
        }
    }

    /**
     * Returns the index of the first entry of a slice; slices are as equal as possible.
     *
     * @param length number of entries of all slices
     */
    static long first(int slice, int slices, long length) {
        return slice * length / slices;
    }
}
