package io.github.sparklatent.learn;

/**
 * Adds partial results one by one. Called in partition order it gives the same bits wherever the
 * parts were computed.
 */
public final class OrderedSum {
    private final double[] sum;

    /**
     * @param length entries of each part
     */
    public OrderedSum(int length) {
        this.sum = new double[length];
    }

    /**
     * Adds a part.
     *
     * @param part as many entries as the sum. Not modified.
     */
    public void add(double[] part) {
        if (part.length != sum.length) {
            throw new IllegalArgumentException(
                    "partial result has " + part.length + " entries, expected " + sum.length);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += part[i];
        }
    }

    /** The sum of the parts added so far. */
    public double[] values() {
        return sum;
    }
}
