package io.github.sparklatent.learn;

/**
 * A sum of partial results, added one by one. If they are added in partition order, the result has the same bits on
 * every cluster.
 */
public final class OrderedSum {
    private final double[] sum;

    public OrderedSum(int length) {
        this.sum = new double[length];
    }

    public void add(double[] part) {
        if (part.length != sum.length) {
            throw new IllegalArgumentException(
                    "partial result has " + part.length + " entries, expected " + sum.length);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += part[i];
        }
    }

    /** Returns the sum of the parts added so far. Not a copy. */
    public double[] values() {
        return sum;
    }
}
