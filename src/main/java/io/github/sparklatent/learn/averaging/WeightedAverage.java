package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.optimizer.Ranges;

/**
 * Adds Σ_p (w_p / Σ w) v_p part by part, in double precision. Called in partition order it gives
 * the same bits wherever the parts were computed; of one part it is that part, bit for bit.
 */
public final class WeightedAverage {
    private final double[] average;
    private final double weight;
    private final boolean parallel;
    private boolean begun;

    /**
     * @param length entries of each part
     * @param weight sum of the weights of all parts, above 0
     * @param parallel whether all cores of this machine may work at it: those of a driver that all
     *     tasks wait for, not those of an executor, which run tasks of their own
     */
    public WeightedAverage(int length, double weight, boolean parallel) {
        this.average = new double[length];
        this.weight = weight;
        this.parallel = parallel;
    }

    /**
     * Adds a part.
     *
     * @param part as many entries as the average. Not modified.
     * @param own weight of the part
     */
    public void add(float[] part, double own) {
        requireLength(part.length);
        add(own, (share, from, to) -> add(share, part, from, from, to));
    }

    /** Adds a part as it came, unpacking a range at a time; see {@link #add(float[], double)}. */
    public void add(PackedFloats part, double own) {
        requireLength(part.length());
        add(own, (share, from, to) -> add(share, part.unpack(from, to), 0, from, to));
    }

    private void requireLength(int length) {
        if (length != average.length) {
            throw new IllegalArgumentException(
                    "partial result has %d entries, expected %d".formatted(length, average.length));
        }
    }

    private interface Addition {
        void run(double share, int from, int to);
    }

    private void add(double own, Addition addition) {
        double share = own / weight;
        if (parallel) {
            Ranges.each(average.length, (from, to) -> addition.run(share, from, to));
        } else {
            addition.run(share, 0, average.length);
        }
        begun = true;
    }

    /** Adds entries from .. to − 1, which begin at an offset of an array. */
    private void add(double share, float[] part, int offset, int from, int to) {
        int shift = offset - from;
        if (begun) {
            for (int i = from; i < to; i++) {
                average[i] += share * part[i + shift];
            }
        } else { // added to 0.0 a −0.0 would be lost
            for (int i = from; i < to; i++) {
                average[i] = share * part[i + shift];
            }
        }
    }

    /** The average of the parts added so far. */
    public double[] values() {
        return average;
    }
}
