package io.github.sparklatent.mixture.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankedDensitiesTest {
    private static final MixtureParameters MIXTURE = MixtureParameters.of(
            CovarianceType.FULL,
            new double[] {1},
            new DMatrixRMaj(new double[][] {{1, -2, 3}}),
            List.of(new DMatrixRMaj(new double[][] {{4, 1, 0.5}, {1, 2, -0.3}, {0.5, -0.3, 1}})));

    private static double[] ranks(double[]... rows) {
        MixedDensity density = Fits.density(MIXTURE);
        MixedDensity.EvaluatedRows evaluated = density.rows();
        Block block = Block.of(new DMatrixRMaj(rows));
        double[] ranks = new RankedDensities(density, evaluated).of(block).clone();
        double[] logDensities = new double[rows.length];
        evaluated.assign(block, new DMatrixRMaj(0, 0), logDensities);
        assertThat(new RankedDensities(density, evaluated).of(block, logDensities))
                .isEqualTo(ranks);
        return ranks;
    }

    /** Quantiles of the distances are equal but for the error of the approximation. */
    @ParameterizedTest
    @CsvSource({"1, 5", "2, 5", "4, 5", "3, 30", "10, 30", "1, 2"})
    void theSameQuantileIsAsFarOut(int columns, int d) {
        for (double level : new double[] {0.3, 0.5, 0.9, 0.975, 0.999}) {
            double own = new ChiSquaredDistribution(columns).inverseCumulativeProbability(level);
            double all = RankedDensities.asFarOut(own, columns, d);
            assertThat(new ChiSquaredDistribution(d).cumulativeProbability(all)).isCloseTo(level, within(0.012));
        }
    }

    @Test
    void allColumnsStayAsFarOut() {
        for (double distance : new double[] {0, 0.1, 7, 1e6}) {
            assertThat(RankedDensities.asFarOut(distance, 7, 7)).isCloseTo(distance, within(1e-12 * (1 + distance)));
        }
    }

    /** The distance of the observed values by the inverse of their own covariance. */
    @Test
    void theDistanceIsThatOfTheObservedValues() {
        double[] ranks = ranks(new double[] {2, Double.NaN, 5}, new double[] {2, -1, 5});
        // (1, 2) by the inverse of ((4, ½), (½, 1)), whose determinant is 3.75.
        double distance = (1 * 1 - 2 * 0.5 * 1 * 2 + 4 * 2 * 2) / 3.75;
        double peak = ranks(new double[] {1, -2, 3})[0];
        assertThat(ranks[0]).isCloseTo(peak - 0.5 * RankedDensities.asFarOut(distance, 2, 3), within(1e-12));
    }

    @Test
    void completeRowsKeepTheirDensity() {
        double[] alone = ranks(new double[] {2, -1, 5});
        double[] beside = ranks(new double[] {2, Double.NaN, 5}, new double[] {2, -1, 5});
        assertThat(beside[1]).isEqualTo(alone[0]);
    }

    @Test
    void aRowWithoutValuesHasNoRank() {
        assertThat(ranks(new double[] {Double.NaN, Double.NaN, Double.NaN})[0]).isNaN();
    }
}
