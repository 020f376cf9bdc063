package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.optimizer.Ranges;

/**
 * The weighted average Σ_p (w_p / Σ w) v_p, computed part by part in double precision. If parts are added in partition
 * order, the result has the same bits on every cluster. The average of one part is that part, bit for bit.
 */
public final class WeightedAverage {
    private final double[] average;
    private final double weight;
    private final boolean parallel;
    private boolean hasParts;

    /**
     * Creates an average without parts.
     *
     * @param length entries of each part
     * @param weight sum of the weights of all parts, above 0
     * @param parallel whether all cores may be used: true on the driver, for which all tasks wait, false on an
     *     executor, whose cores run other tasks
     */
    public WeightedAverage(int length, double weight, boolean parallel) {
        this.average = new double[length];
        this.weight = weight;
        this.parallel = parallel;
    }

    /**
     * Adds a part.
     *
     * @param part a vector as long as the average. Not modified.
     * @param own weight of the part
     */
    public void add(float[] part, double own) {
        if (part.length != average.length) {
            throw new IllegalArgumentException(
                    "partial result has %d entries, expected %d".formatted(part.length, average.length));
        }
        double share = own / weight;
        if (parallel) {
            Ranges.each(average.length, (from, to) -> add(share, part, from, to));
        } else {
            add(share, part, 0, average.length);
        }
        hasParts = true;
    }

    /** Adds the entries from .. to − 1 of a part. */
    private void add(double share, float[] part, int from, int to) {
        if (hasParts) {
            for (int i = from; i < to; i++) {
                average[i] += share * part[i];
            }
        } else { // 0.0 + −0.0 is 0.0: the sign of −0.0 would be dropped
            for (int i = from; i < to; i++) {
                average[i] = share * part[i];
            }
        }
    }

    /** Returns the average of the parts added so far. Not a copy. */
    public double[] values() {
        return average;
    }
}
