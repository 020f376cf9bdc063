package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StatisticsLayoutTest {
    private static final int K = 3;
    private static final int D = 4;

    private static MixtureParameters mixture(CovarianceType type) {
        return TestMixtures.of(type, K, D, 2, 0, 1);
    }

    private static double[] statistics(MixtureParameters mixture, DMatrixRMaj centres) {
        var expectation = new MixtureExpectation(
                Fits.density(mixture), Centres.around(centres), Fits.layout(StatisticsLayout.of(mixture)));
        return InMemoryRowBlocks.of(TestMixtures.rowsAround(mixture, 100, 2), 32)
                .sums("", expectation)
                .sums();
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void movedStatisticsAreThoseAroundTheNewCentres(CovarianceType type) {
        MixtureParameters mixture = mixture(type);
        DMatrixRMaj deltas = TestMatrices.normal(K, D, 5);
        DMatrixRMaj centres = CommonOps_DDRM.add(mixture.means(), deltas, null);
        double[] moved = statistics(mixture, mixture.means());
        StatisticsLayout.of(mixture).moveCentres(moved, deltas);
        assertThat(moved).containsExactly(statistics(mixture, centres), within(1e-11));
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void theMStepOfAMixturesStatisticsIsTheMixture(CovarianceType type) {
        MixtureParameters mixture = mixture(type);
        StatisticsLayout layout = StatisticsLayout.of(mixture);
        MixtureParameters found = new MaximizationStep(layout, 0)
                .maximize(layout.expected(mixture, 7), mixture.means(), new ArrayList<>());
        Parameters.assertClose(found, mixture, 1e-14);
    }
}
