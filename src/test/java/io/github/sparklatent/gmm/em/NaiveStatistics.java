package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.ExpectationContract;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Sizes, sums and scatter from exact sums, in the order of {@link StatisticsLayout}. */
final class NaiveStatistics {
    private final MixtureParameters mixture;
    private final double[] reach;
    private final double tolerance;
    private final List<Double> values = new ArrayList<>();
    private final List<Double> bounds = new ArrayList<>();

    /**
     * @param commonOrigin whether terms are as large as the components are far from each other
     * @param tolerance of an entry, relative to the magnitude of its terms
     */
    NaiveStatistics(MixtureParameters mixture, boolean commonOrigin, double tolerance) {
        this.mixture = mixture;
        this.tolerance = tolerance;
        this.reach = new double[mixture.dimension()];
        for (int j = 0; j < reach.length && commonOrigin; j++) {
            for (int k = 0; k < mixture.components(); k++) {
                double distance = mixture.means().get(k, j) - mixture.means().get(0, j);
                reach[j] = Math.max(reach[j], 2 * Math.abs(distance));
            }
        }
    }

    void entry(double value, double magnitude) {
        values.add(value);
        bounds.add(tolerance * magnitude);
    }

    /** @param shares responsibilities times weights, k × n */
    void components(DMatrixRMaj rows, double[][] shares) {
        for (double[] share : shares) {
            double size = Arrays.stream(share).sum();
            entry(size, size);
        }
        for (int k = 0; k < shares.length; k++) {
            double[] centre = TestMatrices.row(mixture.means(), k);
            for (int j = 0; j < centre.length; j++) {
                double magnitude = 0;
                for (int i = 0; i < rows.numRows; i++) {
                    magnitude += shares[k][i] * distance(rows, i, centre, j);
                }
                entry(ExactMixture.sum(rows, shares[k], centre, j), magnitude);
            }
        }
        boolean tied = mixture.type() == CovarianceType.TIED;
        for (int k = 0; k < (tied ? 1 : shares.length); k++) {
            for (int i = 0; i < mixture.dimension(); i++) {
                for (int j = i; j < (triangle() ? mixture.dimension() : i + 1); j++) {
                    scatter(rows, shares, tied ? 0 : k, tied ? shares.length : k + 1, i, j);
                }
            }
        }
    }

    private boolean triangle() {
        return mixture.type() == CovarianceType.FULL || mixture.type() == CovarianceType.TIED;
    }

    private void scatter(DMatrixRMaj rows, double[][] shares, int from, int to, int i, int j) {
        double value = 0;
        double magnitude = 0;
        for (int k = from; k < to; k++) {
            double[] centre = TestMatrices.row(mixture.means(), k);
            value += ExactMixture.scatter(rows, shares[k], centre, i, j);
            for (int n = 0; n < rows.numRows; n++) {
                magnitude += shares[k][n] * distance(rows, n, centre, i) * distance(rows, n, centre, j);
            }
        }
        entry(value, magnitude);
    }

    private double distance(DMatrixRMaj rows, int row, double[] centre, int column) {
        return Math.abs(rows.get(row, column) - centre[column]) + reach[column];
    }

    ExpectationContract.Naive result() {
        return new ExpectationContract.Naive(
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                bounds.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
