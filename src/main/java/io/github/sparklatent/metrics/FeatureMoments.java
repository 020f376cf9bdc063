package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import org.ejml.data.DMatrixRMaj;

/**
 * Mean and covariance of rows of features, summed row by row and part by part.
 *
 * <p>The sums are taken over differences to an origin o:
 *
 * <pre>
 *   W = Σ w_i,   s = Σ w_i (x_i − o),   S = Σ w_i (x_i − o)(x_i − o)ᵀ
 *   mean = o + s / W,   covariance = (S − s sᵀ / W) / (W − W / n)
 * </pre>
 *
 * where n is the {@link SampleSize}. If a row of weight w counts as w rows, n is W and the divisor is W − 1. Otherwise
 * the divisor is W − Σ w² / W, which does not depend on the unit of the weights.
 *
 * <p>Parts are merged by addition, in their order, and are sent as one vector of sums. With an origin near the rows,
 * such as the mean of some of them, no digits are lost. With an origin at a distance of 10^k deviations, 2k digits are
 * lost.
 */
public final class FeatureMoments {
    private final double[] origin;
    private final double[] sums;
    private final double[] difference;

    public FeatureMoments(double[] origin) {
        this(origin, new double[length(origin.length)]);
    }

    private FeatureMoments(double[] origin, double[] sums) {
        Require.that(origin.length >= 1, "there are no features, expected at least one");
        for (double number : origin) {
            Require.that(Double.isFinite(number), "the origin holds %s, expected finite numbers", number);
        }
        this.origin = origin.clone();
        this.sums = sums;
        this.difference = new double[origin.length];
    }

    /**
     * Returns the number of sums for the given number of features: W, s, the rows of S from the diagonal on, the number
     * of rows and Σ w².
     */
    public static int length(int features) {
        return 3 + features + features * (features + 1) / 2;
    }

    /**
     * Creates moments from their sums.
     *
     * @param sums sums over parts with the same origin. Not modified.
     */
    public static FeatureMoments of(double[] origin, double[] sums) {
        Require.that(
                sums.length == length(origin.length),
                "there are %d sums of %d features, expected %d",
                sums.length,
                origin.length,
                length(origin.length));
        return new FeatureMoments(origin, sums.clone());
    }

    /**
     * Adds a row.
     *
     * @param features holds the row from entry {@code from} on. Not modified.
     */
    public void add(float[] features, int from, double weight) {
        int d = origin.length;
        sums[0] += weight;
        for (int j = 0; j < d; j++) {
            difference[j] = features[from + j] - origin[j];
        }
        int at = 1 + d;
        for (int j = 0; j < d; j++) {
            double weighted = weight * difference[j];
            sums[1 + j] += weighted;
            for (int k = j; k < d; k++) {
                sums[at + k - j] += weighted * difference[k];
            }
            at += d - j;
        }
        sums[at] += 1;
        sums[at + 1] += weight * weight;
    }

    /** Returns all sums, {@link #length} numbers; a copy. Sums of parts may be added. */
    public double[] sums() {
        return sums.clone();
    }

    /** Returns the mean of at least one row. */
    public double[] mean() {
        requireMoreThan(0, sums[0]);
        double[] mean = origin.clone();
        for (int j = 0; j < mean.length; j++) {
            mean[j] += sums[1 + j] / sums[0];
        }
        return mean;
    }

    /**
     * Returns the covariance, d × d, without bias if the rows are independent.
     *
     * @throws IllegalArgumentException if n is at most 1
     */
    public DMatrixRMaj covariance() {
        double n = sums[0] == 0 ? 0 : size().number();
        requireMoreThan(1, n);
        double divisor = sums[0] - sums[0] / n;
        int d = origin.length;
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        int at = 1 + d;
        for (int j = 0; j < d; j++) {
            for (int k = j; k < d; k++) {
                double scatter = sums[at++] - sums[1 + j] * sums[1 + k] / sums[0];
                covariance.set(j, k, scatter / divisor);
                covariance.set(k, j, scatter / divisor);
            }
        }
        return covariance;
    }

    private SampleSize size() {
        int end = sums.length;
        return new SampleSize(sums[0], sums[end - 2], sums[end - 1]);
    }

    private static void requireMoreThan(double least, double found) {
        Require.that(found > least, "the rows of features weigh %s, expected more than %s", found, least);
    }
}
