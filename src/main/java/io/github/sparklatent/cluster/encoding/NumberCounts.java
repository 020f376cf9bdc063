package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.learn.NumberOrder;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts how often a column has each number. If it has more different numbers than a limit, numbers
 * that agree in their first binary digits are counted together: in as many digits as keep to the
 * limit. How many these are follows from the numbers alone, so the counts do not depend on the
 * order of the rows.
 */
final class NumberCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int most;
    private int dropped; // last binary digits that are not compared
    private Map<Long, Bucket> buckets = new HashMap<>();

    /** Numbers that are counted together. */
    private static final class Bucket implements Serializable {
        private static final long serialVersionUID = 1L;

        private long count;
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;

        void add(long copies, double low, double high) {
            count += copies;
            least = Math.min(least, low);
            greatest = Math.max(greatest, high);
        }

        /** Returns the number before which there are some others. They are evenly spaced. */
        double number(long before) {
            return least == greatest
                    ? least
                    : least + (greatest - least) * before / Math.max(1, count - 1.0);
        }
    }

    /**
     * Creates empty counts.
     *
     * @param most largest number of counts
     */
    NumberCounts(int most) {
        this.most = most;
    }

    /** Adds a number. NaN and infinite numbers are not counted. */
    void add(double number) {
        if (Double.isFinite(number)) {
            add(1, number + 0.0, number + 0.0); // not −0
            shrink();
        }
    }

    private void add(long copies, double low, double high) {
        buckets.computeIfAbsent(NumberOrder.place(low) >> dropped, place -> new Bucket())
                .add(copies, low, high);
    }

    private void shrink() {
        while (buckets.size() > most) {
            drop(dropped + 1);
        }
    }

    private void drop(int digits) {
        Map<Long, Bucket> finer = buckets;
        buckets = new HashMap<>();
        dropped = digits;
        finer.values().forEach(this::add);
    }

    private void add(Bucket bucket) {
        add(bucket.count, bucket.least, bucket.greatest);
    }

    /** Adds the counts of other rows. */
    void merge(NumberCounts other) {
        if (other.dropped > dropped) {
            drop(other.dropped);
        }
        other.buckets.values().forEach(this::add);
        shrink();
    }

    /**
     * Returns numbers at evenly spaced ranks, among them the least and the greatest; all numbers if
     * there are not more.
     *
     * @param size largest number of ranks, at least 2
     */
    double[] sorted(int size) {
        long total = buckets.values().stream().mapToLong(bucket -> bucket.count).sum();
        double[] sorted = new double[(int) Math.min(size, total)];
        long before = 0;
        int next = 0;
        for (Bucket bucket : new TreeMap<>(buckets).values()) {
            for (long rank; next < sorted.length; next++) {
                rank = sorted.length == total ? next : next * (total - 1) / (size - 1);
                if (rank >= before + bucket.count) {
                    break;
                }
                sorted[next] = bucket.number(rank - before);
            }
            before += bucket.count;
        }
        return sorted;
    }
}
