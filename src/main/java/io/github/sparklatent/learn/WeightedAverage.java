package io.github.sparklatent.learn;

/**
 * Adds Σ_p (w_p / Σ w) v_p part by part, in double precision. Called in partition order it gives
 * the same bits wherever the parts were computed; of one part it is that part, bit for bit.
 */
public final class WeightedAverage {
    private final double[] average;
    private final double weight;
    private boolean begun;

    /**
     * @param length entries of each part
     * @param weight sum of the weights of all parts, above 0
     */
    public WeightedAverage(int length, double weight) {
        this.average = new double[length];
        this.weight = weight;
    }

    /**
     * Adds a part.
     *
     * @param part as many entries as the average. Not modified.
     * @param own weight of the part
     */
    public void add(float[] part, double own) {
        if (part.length != average.length) {
            throw new IllegalArgumentException(
                    "partial result has %d entries, expected %d"
                            .formatted(part.length, average.length));
        }
        double share = own / weight;
        if (begun) {
            for (int i = 0; i < part.length; i++) {
                average[i] += share * part[i];
            }
        } else { // added to 0.0 a −0.0 would be lost
            for (int i = 0; i < part.length; i++) {
                average[i] = share * part[i];
            }
            begun = true;
        }
    }

    /** The average of the parts added so far. */
    public double[] values() {
        return average;
    }
}
