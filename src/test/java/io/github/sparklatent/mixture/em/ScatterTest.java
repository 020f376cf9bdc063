package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Both ways to add up a scatter, on the same shares: each is exact, so they agree. */
class ScatterTest {
    private static final int ROWS = 31;
    private static final int COMPONENTS = 3;

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void bothWaysAgreeWithExactSums(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, COMPONENTS, 4, 2, 50, 1);
        StatisticsLayout layout = new StatisticsLayout(type, COMPONENTS, 4);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, ROWS, 2);
        DMatrixRMaj shares = TestMixtures.shares(ROWS, COMPONENTS, 3);
        for (int i = 0; i < ROWS; i++) {
            // The first component has no rows in the second block, and gaps in the first.
            if (i % 4 == 0 || i >= 16) {
                shares.set(i, 1, shares.get(i, 1) + shares.get(i, 0));
                shares.set(i, 0, 0);
            }
        }
        Centres centres = MixtureFactors.of(mixture).centres();
        Scatter near = Scatter.of(layout, centres.with(true));
        Scatter far = Scatter.of(layout, centres.with(false));
        check(near, mixture, rows, shares);
        check(far, mixture, rows, shares);
        assertThat(near.getClass()).isNotEqualTo(far.getClass());
    }

    /** Tied covariances have one scatter, which is added up in one way. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void eachComponentIsAddedUpInItsOwnWay(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, COMPONENTS, 4, 2, 50, 1);
        Centres centres = MixtureFactors.of(mixture).centres();
        Centres some = new Centres(centres.means(), centres.origin(), new boolean[] {true, false, true});
        Scatter scatter = Scatter.of(new StatisticsLayout(type, COMPONENTS, 4), some);
        assertThat(scatter).isInstanceOf(Scatter.Both.class);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, ROWS, 2);
        check(scatter, mixture, rows, TestMixtures.shares(ROWS, COMPONENTS, 3));
    }

    /** The square of a row far out is infinite, and infinity times a share of 0 is no number. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void aRowFarOutLeavesThoseAloneThatHaveNoShareInIt(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, COMPONENTS, 4, 2, 50, 1);
        StatisticsLayout layout = new StatisticsLayout(type, COMPONENTS, 4);
        Scatter scatter =
                Scatter.of(layout, MixtureFactors.of(mixture).centres().with(true));
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, ROWS, 2);
        DMatrixRMaj shares = TestMixtures.shares(ROWS, COMPONENTS, 3);
        rows.set(20, 1, 1e200);
        shares.set(20, 0, 0);
        shares.set(20, 1, 0);
        shares.set(20, 2, 1);
        add(scatter, rows, shares, 0, 16);
        add(scatter, rows, shares, 16, ROWS);
        double[] found = new double[layout.length()];
        scatter.write(found);
        int length = layout.scatter(1) - layout.scatter(0);
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < length; j++) {
                assertThat(found[layout.scatter(k) + j]).isFinite();
            }
        }
        // The second column's variance, behind the four numbers of the first row of a triangle.
        int variance = type == CovarianceType.FULL ? 4 : 1;
        assertThat(found[layout.scatter(2) + variance]).isInfinite();
    }

    /** Sums of n terms, which are below 100, or squares of 30 around a common origin. */
    private static void check(Scatter scatter, MixtureParameters mixture, DMatrixRMaj rows, DMatrixRMaj shares) {
        add(scatter, rows, shares, 0, 16);
        add(scatter, rows, shares, 16, ROWS);
        double[] expected = new NaiveExpectation(MixedMixture.of(mixture)).scatter(rows, shares);
        double[] found = new double[expected.length];
        scatter.write(found);
        assertThat(found).containsExactly(expected, within(2 * ROWS * 900 * (ROWS + 8) * TestMatrices.U));
    }

    private static void add(Scatter scatter, DMatrixRMaj rows, DMatrixRMaj shares, int from, int to) {
        scatter.add(
                Block.of(TestMatrices.slice(rows, from, to)),
                CommonOps_DDRM.transpose(TestMatrices.slice(shares, from, to), null));
    }
}
