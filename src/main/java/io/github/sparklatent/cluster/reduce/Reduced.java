package io.github.sparklatent.cluster.reduce;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The combined results of all partitions, and the time that their computation took. In each {@link
 * Partial}, some entries are averaged and the others are added.
 */
public final class Reduced {
    /** Weighted averages of the entries that are averaged. */
    public final double[] average;

    /** Sums of the entries that are added. */
    public final double[] sums;

    /** Start of the first part, in milliseconds on the executors' clocks. */
    private final long start;

    /** End of the last part, in milliseconds on the executors' clocks. */
    private final long end;

    Reduced(double[] average, double[] sums, long start, long end) {
        this.average = average;
        this.sums = sums;
        this.start = start;
        this.end = end;
    }

    /**
     * Combines the results of the partitions on the driver, in partition order. Returns zeros if
     * there are none.
     *
     * @param parts results of the partitions, in any order
     * @param averaged number of entries of each part that are averaged
     * @param added number of entries of each part that are added
     */
    static Reduced of(List<Partial> parts, int averaged, int added) {
        List<Partial> ordered = new ArrayList<>(parts);
        ordered.sort(Comparator.comparingInt(part -> part.partition));
        Combination combination = new Combination(true);
        ordered.forEach(combination::count);
        ordered.forEach(combination::add);
        return combination.reduced(averaged, added);
    }

    /**
     * Joins combined slices to whole vectors, in the order of their indices. Returns zeros if there
     * are none.
     *
     * @param slices all slices, in any order
     * @param averaged number of averaged entries of all slices together
     * @param added number of added entries of all slices together
     */
    static Reduced joined(List<Slice> slices, int averaged, int added) {
        List<Slice> ordered = new ArrayList<>(slices);
        ordered.sort(Comparator.comparingInt(slice -> slice.index));
        double[] average = new double[averaged];
        double[] sums = new double[added];
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        int nextAverage = 0;
        int nextSum = 0;
        for (Slice slice : ordered) {
            slice.average.copy(average, nextAverage);
            slice.sums.copy(sums, nextSum);
            nextAverage += slice.average.length();
            nextSum += slice.sums.length();
            start = Math.min(start, slice.start);
            end = Math.max(end, slice.end);
        }
        return new Reduced(average, sums, start, end);
    }

    /** Seconds from the start of the first part to the end of the last one. */
    public double computeSeconds() {
        return end > start ? (end - start) / 1e3 : 0;
    }

    /**
     * One slice of the result vectors (a range of their entries), combined over all partitions. A
     * task sends it to the driver. The class is not a record, because Kryo cannot read records.
     */
    static final class Slice implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final PackedDoubles average;
        private final PackedDoubles sums;
        private final long start;
        private final long end;

        /**
         * Packs a slice.
         *
         * @param index index of the slice
         * @param combined this slice of the parts, combined
         */
        Slice(int index, Reduced combined) {
            this.index = index;
            this.average = PackedDoubles.of(combined.average);
            this.sums = PackedDoubles.of(combined.sums);
            this.start = combined.start;
            this.end = combined.end;
        }
    }
}
