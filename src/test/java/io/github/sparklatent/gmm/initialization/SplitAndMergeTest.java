package io.github.sparklatent.gmm.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitAndMergeTest {
    private static final int N = 60;

    /** Rounding of a sum, for each of its terms. */
    private static final double ROUNDING = 1e-15;

    private static DMatrixRMaj assign(Responsibilities responsibilities, DMatrixRMaj rows) {
        DMatrixRMaj shares = new DMatrixRMaj(0, 0);
        double[] likelihoods = new double[rows.numRows];
        responsibilities.assigner().assign(Block.of(rows), shares, likelihoods);
        return shares;
    }

    /** Row by row: a row on the side of the direction moves to the last component as a whole. */
    @Test
    void aHyperplaneDividesTheRowsOfOneComponent() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, 3, 2, 1, 5, 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, N, 2);
        Posterior posterior = new Posterior(MixtureFactors.of(mixture));
        double[] origin = {mixture.means().get(1, 0), mixture.means().get(1, 1)};
        double[] direction = {0.5, -2};
        DMatrixRMaj found = assign(new SplitAndMerge.SplitResponsibilities(posterior, 1, origin, direction), rows);
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(rows);
        assertThat(found.numRows).isEqualTo(4);
        int moved = 0;
        for (int i = 0; i < N; i++) {
            double side = 0.5 * (rows.get(i, 0) - origin[0]) - 2 * (rows.get(i, 1) - origin[1]);
            double share = density.responsibilities().get(i, 1);
            moved += side > 0 ? 1 : 0;
            assertThat(found.get(0, i)).isEqualTo(density.responsibilities().get(i, 0));
            assertThat(found.get(1, i)).isEqualTo(side > 0 ? 0 : share);
            assertThat(found.get(2, i)).isEqualTo(density.responsibilities().get(i, 2));
            assertThat(found.get(3, i)).isEqualTo(side > 0 ? share : 0);
        }
        assertThat(moved).isBetween(1, N - 1);
    }

    /** All components but three keep their shares; there are as many components as before. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void theOtherComponentsKeepTheirRows(CovarianceType type) {
        int k = 6;
        MixtureParameters mixture = TestMixtures.of(type, k, 3, 2, 0, 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, N, 2);
        DMatrixRMaj before = assign(new Posterior(MixtureFactors.of(mixture)), rows);
        Set<List<Double>> old = new HashSet<>();
        for (int c = 0; c < k; c++) {
            old.add(shares(before, c));
        }
        Set<Integer> kept = new HashSet<>();
        for (int restart = 0; restart < 30; restart++) {
            SplitAndMerge move = SplitAndMerge.of(mixture, RandomStreams.of(1, Purpose.SPLIT_AND_MERGE, k, restart));
            DMatrixRMaj after = assign(move.responsibilities(), rows);
            assertThat(after.numRows).isEqualTo(k);
            assertThat(move.centres().numRows).isEqualTo(k);
            int same = 0;
            for (int c = 0; c < k; c++) {
                same += old.contains(shares(after, c)) ? 1 : 0;
            }
            kept.add(same);
            for (int i = 0; i < N; i++) {
                double sum = 0;
                for (int c = 0; c < k; c++) {
                    sum += after.get(c, i);
                }
                assertThat(sum).isCloseTo(1, within(k * ROUNDING));
            }
        }
        // k − 2 if the merged component is the one that is split.
        assertThat(kept).containsExactlyInAnyOrder(k - 3, k - 2);
    }

    private static List<Double> shares(DMatrixRMaj responsibilities, int component) {
        int n = responsibilities.numCols;
        return Arrays.stream(responsibilities.data, component * n, (component + 1) * n)
                .boxed()
                .toList();
    }

    /** Two components are merged into one Gaussian, which a drawn direction divides again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void twoComponentsAreDividedAlongAnotherDirection(int restart) {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, 2, 2, 3, 0, 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, N, 2);
        SplitAndMerge move = SplitAndMerge.of(mixture, RandomStreams.of(1, Purpose.SPLIT_AND_MERGE, 2, restart));
        DMatrixRMaj after = assign(move.responsibilities(), rows);
        for (int component = 0; component < 2; component++) {
            assertThat(shares(after, component))
                    .anyMatch(share -> share == 0)
                    .anyMatch(share -> share > 0)
                    .allMatch(share -> share == 0 || Math.abs(share - 1) < 1e-14);
        }
    }

    /** Three far rows of one group, as a column of another scale would have them. */
    @Test
    void aMoveSplitsOffTheOutliersOfAComponent() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, 2, 2, 3, 0, 1);
        DMatrixRMaj inner = TestMixtures.rowsAround(mixture, N, 2);
        DMatrixRMaj rows = new DMatrixRMaj(N + 3, 2);
        System.arraycopy(inner.data, 0, rows.data, 0, inner.data.length);
        for (int i = N; i < N + 3; i++) {
            rows.set(i, 0, 100 + i);
            rows.set(i, 1, 100 - i);
        }
        for (int restart = 0; restart < 4; restart++) {
            SplitAndMerge move = outliers(mixture, rows, 1, restart);
            DMatrixRMaj after = assign(move.responsibilities(), rows);
            for (int i = 0; i < N + 3; i++) {
                assertThat(after.get(1, i)).isCloseTo(i < N ? 0 : 1, within(1e-14));
            }
        }
    }

    /** The sums of any number of partitions choose the same rows. */
    @Test
    void theOutliersDoNotDependOnThePartitions() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.DIAGONAL, 4, 3, 3, 0, 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, N, 2);
        DMatrixRMaj whole = assign(outliers(mixture, rows, 1, 1).responsibilities(), rows);
        DMatrixRMaj cut = assign(outliers(mixture, rows, 7, 1).responsibilities(), rows);
        assertThat(cut.data).containsExactly(whole.data);
    }

    private static SplitAndMerge outliers(MixtureParameters mixture, DMatrixRMaj rows, int partitions, int restart) {
        return SplitAndMerge.ofOutliers(
                mixture,
                InMemoryRowBlocks.of(rows, (rows.numRows + partitions - 1) / partitions),
                RandomStreams.of(1, Purpose.SPLIT_AND_MERGE, mixture.components(), restart));
    }

    /** Power sums of weighted rows against their definition, row by row. */
    @Test
    void theTailsOfADirectionAreThoseOfItsRows() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, 2, 2, 3, 0, 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, N, 2);
        Posterior posterior = new Posterior(MixtureFactors.of(mixture));
        DMatrixRMaj shares = assign(posterior, rows);
        double[] origin = {0.5, -1};
        DMatrixRMaj directions = new DMatrixRMaj(new double[][] {{1, 2}, {-1, 0.5}});
        double[] sums = InMemoryRowBlocks.of(rows, 7)
                .sums("", new SplitAndMerge.ProjectionMoments(posterior, 1, origin, directions))
                .sums();
        for (int l = 0; l < 2; l++) {
            for (int power = 0; power < 5; power++) {
                double expected = 0;
                double size = 0;
                for (int i = 0; i < N; i++) {
                    double p = directions.get(l, 0) * (rows.get(i, 0) - origin[0])
                            + directions.get(l, 1) * (rows.get(i, 1) - origin[1]);
                    expected += shares.get(1, i) * Math.pow(p, power);
                    size += shares.get(1, i) * Math.pow(Math.abs(p), power);
                }
                assertThat(sums[5 * l + power]).isCloseTo(expected, within(10 * N * ROUNDING * size));
            }
        }
    }
}
