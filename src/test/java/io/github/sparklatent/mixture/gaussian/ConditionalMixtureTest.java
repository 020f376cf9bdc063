package io.github.sparklatent.mixture.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.TestMixtures;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionalMixtureTest {
    private static final int D = 4;

    /** log p(x) = log p(x_g) + log p(x_f | x_g), for rows near and far. */
    @ParameterizedTest
    @EnumSource
    void theDensityIsTheRatioOfJointAndMarginal(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 3, D, 2, 1, 1);
        DMatrixRMaj rows = TestMatrices.normal(20, D, 7);
        for (int i = 0; i < rows.numRows; i++) {
            double[] row = new double[D];
            for (int j = 0; j < D; j++) {
                row[j] = (i + 1) * rows.get(i, j);
            }
            for (int[] free : new int[][] {{0, 2}, {0, 1, 2}, {3}}) { // the last are fewer than factors
                double[] given = row.clone();
                Arrays.stream(free).forEach(j -> given[j] = Double.NaN);
                MixtureParameters conditional = ConditionalMixture.of(
                        mixture, given, scores(mixture, given).responsibilities().data);
                double expected = logDensity(mixture, row) - logDensity(mixture, given);
                double[] rest = Arrays.stream(free).mapToDouble(j -> row[j]).toArray();
                assertThat(logDensity(conditional, rest)).isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
            }
        }
    }

    private static double logDensity(MixtureParameters mixture, double[] row) {
        return scores(mixture, row).logDensity(0);
    }

    private static MixtureScores scores(MixtureParameters mixture, double[] row) {
        return Fits.scores(mixture, DMatrixRMaj.wrap(1, row.length, row));
    }
}
