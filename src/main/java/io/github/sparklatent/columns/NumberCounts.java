package io.github.sparklatent.columns;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts how often a column has each number. If it has more different numbers than a limit, numbers that agree in their
 * first binary digits are counted together: in as many digits as keep to the limit. How many these are follows from the
 * numbers alone, so the counts do not depend on the order of the rows. The least and the greatest number of such a
 * bucket are counted exactly.
 */
public final class NumberCounts implements Serializable {
    private final int most;
    private int dropped; // last binary digits that are not compared
    private Buckets buckets = new Buckets(0);

    /** Numbers that are not in a bucket yet; null: there are none. */
    private double[] added;

    private int addedSize;

    /** Buckets in ascending order, as arrays: an object each would need three times the memory. */
    private static final class Buckets implements Serializable {
        private int size;
        private double[] least = {};
        private double[] greatest = {};
        private long[] count = {};
        private long[] ofLeast = {};
        private long[] ofGreatest = {};

        Buckets(int capacity) {
            resize(capacity);
        }

        private void resize(int capacity) {
            least = Arrays.copyOf(least, capacity);
            greatest = Arrays.copyOf(greatest, capacity);
            count = Arrays.copyOf(count, capacity);
            ofLeast = Arrays.copyOf(ofLeast, capacity);
            ofGreatest = Arrays.copyOf(ofGreatest, capacity);
        }

        /** Appends the counts of a bucket, which are added if it is the last bucket. */
        void append(Buckets from, int i, int dropped) {
            int last = size - 1;
            if (size == 0 || place(last, dropped) != from.place(i, dropped)) {
                last = size++;
                least[last] = from.least[i];
                greatest[last] = from.greatest[i];
            }
            if (from.least[i] < least[last]) {
                least[last] = from.least[i];
                ofLeast[last] = 0;
            }
            if (from.greatest[i] > greatest[last]) {
                greatest[last] = from.greatest[i];
                ofGreatest[last] = 0;
            }
            count[last] += from.count[i];
            ofLeast[last] += from.least[i] == least[last] ? from.ofLeast[i] : 0;
            ofGreatest[last] += from.greatest[i] == greatest[last] ? from.ofGreatest[i] : 0;
        }

        long place(int i, int dropped) {
            return NumberCounts.place(least[i]) >> dropped;
        }

        /** Returns the number before which there are some others. Inner ones are evenly spaced. */
        double number(int i, long before) {
            if (before < ofLeast[i]) {
                return least[i];
            }
            long between = count[i] - ofLeast[i] - ofGreatest[i];
            long step = before - ofLeast[i] + 1;
            return step > between ? greatest[i] : least[i] + (greatest[i] - least[i]) * step / (between + 1.0);
        }
    }

    NumberCounts(int most) {
        this.most = most;
    }

    /** Adds a number. NaN and infinite numbers are not counted. */
    void add(double number) {
        if (Double.isFinite(number)) {
            if (added == null) {
                added = new double[most];
            }
            added[addedSize++] = number + 0.0; // not −0
            if (addedSize == most) {
                compact();
            }
        }
    }

    /** Counts the numbers that are not in a bucket yet, so that the counts need less memory. */
    void compact() {
        if (added != null) {
            Arrays.sort(added, 0, addedSize);
            Buckets single = new Buckets(addedSize);
            single.size = addedSize;
            System.arraycopy(added, 0, single.least, 0, addedSize);
            System.arraycopy(added, 0, single.greatest, 0, addedSize);
            Arrays.fill(single.count, 1);
            Arrays.fill(single.ofLeast, 1);
            Arrays.fill(single.ofGreatest, 1);
            added = null;
            addedSize = 0;
            merge(single);
        }
    }

    void merge(NumberCounts other) {
        compact();
        other.compact();
        dropped = Math.max(dropped, other.dropped);
        merge(other.buckets);
    }

    private void merge(Buckets other) {
        Buckets both = new Buckets(buckets.size + other.size);
        for (int i = 0, j = 0; i < buckets.size || j < other.size; ) {
            boolean first = j == other.size || i < buckets.size && buckets.place(i, dropped) <= other.place(j, dropped);
            both.append(first ? buckets : other, first ? i++ : j++, dropped);
        }
        while (both.size > most) {
            Buckets finer = both;
            dropped++;
            both = new Buckets(finer.size);
            for (int i = 0; i < finer.size; i++) {
                both.append(finer, i, dropped);
            }
        }
        both.resize(both.size);
        buckets = both;
    }

    /**
     * Returns numbers at evenly spaced ranks, among them the least and the greatest; all numbers if there are not more.
     *
     * @param size largest number of ranks, at least 2
     */
    public double[] sorted(int size) {
        compact();
        long total = Arrays.stream(buckets.count).sum();
        double[] sorted = new double[(int) Math.min(size, total)];
        long before = 0;
        int next = 0;
        for (int i = 0; i < buckets.size; i++) {
            for (long rank; next < sorted.length; next++) {
                rank = sorted.length == total ? next : next * (total - 1) / (size - 1);
                if (rank >= before + buckets.count[i]) {
                    break;
                }
                sorted[next] = buckets.number(i, rank - before);
            }
            before += buckets.count[i];
        }
        return sorted;
    }

    /**
     * Returns the place of a number that is not NaN among whole numbers in the same order, so that a shift to the right
     * cuts the real numbers into buckets with a relative width. Zeros of both signs have the same place.
     */
    public static long place(double number) {
        return flip(Double.doubleToLongBits(number + 0.0));
    }

    /** Returns the number at a {@linkplain #place place}. */
    public static double number(long place) {
        return Double.longBitsToDouble(flip(place));
    }

    /** Bits of negative numbers grow with their size. */
    private static long flip(long bits) {
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }
}
