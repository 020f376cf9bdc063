package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class DrawnResponsibilitiesTest {
    private static final MixtureParameters MIXTURE = TestMixtures.of(CovarianceType.DIAGONAL, 3, 2, 0.5, 0, 1);
    private static final MixedDensity POSTERIOR = Fits.density(MIXTURE);
    private static final int ROWS = 500;
    private static final Block BLOCK = Block.of(TestMixtures.rowsAround(MIXTURE, ROWS, 2));

    private static DMatrixRMaj drawn(Block block, int draws, long key, double[] logLikelihoods) {
        DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        new DrawnResponsibilities(POSTERIOR, draws, key).assigner().assign(block, responsibilities, logLikelihoods);
        return responsibilities;
    }

    private static DMatrixRMaj exact(double[] logLikelihoods) {
        DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        POSTERIOR.assigner().assign(BLOCK, responsibilities, logLikelihoods);
        return responsibilities;
    }

    /**
     * The error falls as 1/√S: times √S, its root mean square over 1500 shares is √(r (1 − r)) for each S, within three
     * standard errors of some 1 / √(2 · 1000) each.
     */
    @Test
    void theErrorFallsWithTheRootOfTheDraws() {
        DMatrixRMaj exact = exact(new double[ROWS]);
        double expected = 0;
        for (double share : exact.data) {
            expected += share * (1 - share);
        }
        for (int draws : new int[] {1, 10, 100, 1000}) {
            DMatrixRMaj drawn = drawn(BLOCK, draws, 7, new double[ROWS]);
            double squares = 0;
            for (int i = 0; i < drawn.data.length; i++) {
                squares += draws * Math.pow(drawn.data[i] - exact.data[i], 2);
            }
            assertThat(Math.sqrt(squares / expected)).isCloseTo(1, within(0.07));
        }
    }

    @Test
    void theSharesOfARowSumToOneAndTheLikelihoodIsExact() {
        double[] ofExact = new double[ROWS];
        double[] ofDrawn = new double[ROWS];
        exact(ofExact);
        DMatrixRMaj drawn = drawn(BLOCK, 3, 7, ofDrawn);
        assertThat(ofDrawn).containsExactly(ofExact);
        for (int i = 0; i < ROWS; i++) {
            assertThat(drawn.get(0, i) + drawn.get(1, i) + drawn.get(2, i)).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void theDrawsDependOnTheKeyAndTheRowsBefore() {
        DMatrixRMaj drawn = drawn(BLOCK, 1, 7, new double[ROWS]);
        assertThat(drawn(BLOCK, 1, 7, new double[ROWS]).data).containsExactly(drawn.data);
        assertThat(drawn(BLOCK, 1, 8, new double[ROWS]).data).isNotEqualTo(drawn.data);
    }

    /** Equal rows have draws of their own: the mean share is within five standard errors. */
    @Test
    void equalRowsAreDrawnOneByOne() {
        DMatrixRMaj equal = new DMatrixRMaj(ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            equal.set(i, 0, BLOCK.rows().get(0, 0));
            equal.set(i, 1, BLOCK.rows().get(0, 1));
        }
        assertMeanShare(drawn(Block.of(equal), 1, 7, new double[ROWS]), ROWS);
        Block merged = new Block(CommonOps_DDRM.extractRow(equal, 0, null), new double[] {ROWS}, ROWS);
        assertMeanShare(drawn(merged, 1, 7, new double[1]), 1);
    }

    private static void assertMeanShare(DMatrixRMaj drawn, int rows) {
        DMatrixRMaj exact = exact(new double[ROWS]);
        for (int k = 0; k < 3; k++) {
            double share = exact.get(k, 0);
            double mean = 0;
            for (int i = 0; i < rows; i++) {
                mean += drawn.get(k, i) / rows;
            }
            assertThat(mean).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / ROWS) + 1e-12));
        }
    }
}
