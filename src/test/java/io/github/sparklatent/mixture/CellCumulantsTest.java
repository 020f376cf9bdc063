package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellCumulantsTest {
    private static final double[] ROW = {Double.NaN, 0};

    /** A column with a t distribution, and a count. */
    private static MixedMixture mixture(double degrees) {
        return new MixedMixture(
                new MixedColumns(List.of(
                        new MixedColumns.Column(CellFamily.STUDENT_T, 0),
                        new MixedColumns.Column(CellFamily.POISSON, 60))),
                new double[] {1},
                null,
                List.of(new DMatrixRMaj(new double[][] {{3}})),
                List.of(new DMatrixRMaj(new double[][] {{1, 4, degrees}})));
    }

    private static double[] cumulants(MixedMixture mixture, double[] row) {
        double[] sums = new double[3];
        new MixedDensity(mixture).cumulants().addTo(row, sums);
        return sums;
    }

    /** Returns the cumulants of −log p, summed over values with a weight. */
    private static double[] summed(double[] logs, double[] weights) {
        double mean = -IntStream.range(0, logs.length)
                .mapToDouble(i -> weights[i] * logs[i])
                .sum();
        double[] cumulants = {mean, 0, 0};
        for (int i = 0; i < logs.length; i++) {
            cumulants[1] += weights[i] * Math.pow(-logs[i] - mean, 2);
            cumulants[2] += weights[i] * Math.pow(-logs[i] - mean, 3);
        }
        return cumulants;
    }

    /** The midpoint rule over x = 1 + 2 sinh(u), whose error is far below the tail that it leaves out, e⁻⁴⁰. */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 4, 200})
    void aTDistributionHasThoseOfItsDensity(double degrees) {
        int steps = 400_000;
        double[] logs = new double[steps];
        double[] weights = new double[steps];
        for (int i = 0; i < steps; i++) {
            double u = 40 * (2 * (i + 0.5) / steps - 1);
            logs[i] = StudentCells.logDensity(new double[] {1, 4, degrees}, 1 + 2 * Math.sinh(u));
            weights[i] = Math.exp(logs[i]) * 2 * Math.cosh(u) * 80 / steps;
        }
        double[] both = cumulants(mixture(degrees), null);
        double[] count = cumulants(mixture(degrees), ROW);
        double[] expected = summed(logs, weights);
        for (int n = 0; n < 3; n++) {
            assertThat(both[n] - count[n]).as("κ%d", n + 1).isCloseTo(expected[n], within(1e-8 * (1 + expected[n])));
        }
    }

    @Test
    void aCountHasThoseOfItsProbabilities() {
        double[] logs = DiscreteCells.logDensities(CellFamily.POISSON, new double[] {3}, 60);
        double[] expected = summed(
                logs, IntStream.range(0, 60).mapToDouble(x -> Math.exp(logs[x])).toArray());
        assertThat(cumulants(mixture(4), ROW)).containsExactly(expected, within(1e-12));
    }
}
