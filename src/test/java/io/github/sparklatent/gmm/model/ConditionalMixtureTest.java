package io.github.sparklatent.gmm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.TestMatrices;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
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
            double[] given = {Double.NaN, row[1], Double.NaN, row[3]};
            ConditionalMixture conditional = ConditionalMixture.of(mixture, given);
            assertThat(conditional.free()).containsExactly(0, 2);
            double expected = logDensity(mixture, row) - logDensity(mixture, given);
            double found = logDensity(conditional.mixture(), new double[] {row[0], row[2]});
            assertThat(found).isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
        }
    }

    private static double logDensity(MixtureParameters mixture, double[] row) {
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(DMatrixRMaj.wrap(1, row.length, row));
        return density.logDensity(0);
    }

    @Test
    void valuesFarFromEveryComponentAreRefused() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, 2, 2, 2, 1, 1);
        assertThatThrownBy(() -> ConditionalMixture.of(mixture, new double[] {1e200, Double.NaN}))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the given values are too far from every component");
    }
}
