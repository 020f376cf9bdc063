package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MixtureStartTest {
    private static final int N = 240;
    private static final int K = 4;
    private static final int D = 3;
    private static final DMatrixRMaj ROWS =
            TestMixtures.rowsAround(TestMixtures.of(CovarianceType.FULL, K, D, 4, 0, 1), N, 2);

    static Stream<Arguments> all() {
        return Arrays.stream(Initialization.values())
                .flatMap(initialization ->
                        Arrays.stream(CovarianceType.values()).map(type -> Arguments.of(initialization, type)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAMixtureNearTheData(Initialization initialization, CovarianceType type) {
        MixtureParameters start = start(InMemoryRowBlocks.of(ROWS, 16), initialization, type, 1, 0);
        assertThat(start.type()).isEqualTo(type);
        assertThat(start.components()).isEqualTo(K);
        assertThat(MixtureFactors.of(start).components()).isEqualTo(K);
        for (int j = 0; j < D; j++) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < N; i++) {
                least = Math.min(least, ROWS.get(i, j));
                greatest = Math.max(greatest, ROWS.get(i, j));
            }
            for (int k = 0; k < K; k++) {
                assertThat(start.means().get(k, j)).isBetween(least, greatest);
                assertThat(start.variance(k, j)).isPositive().isLessThan((greatest - least) * (greatest - least));
            }
        }
        double mean = MixtureEvaluation.of(MixedMixture.of(start), InMemoryRowBlocks.of(ROWS, 16))
                .meanLogLikelihood();
        assertThat(mean).isFinite();
    }

    /**
     * Draws depend on contents alone, so another cut of the same rows is the same start up to the rounding of sums of n
     * terms around 10. The fit of an over-clustering amplifies rounding by the inverse of the least curvature of the
     * likelihood.
     */
    @ParameterizedTest
    @MethodSource("all")
    void doesNotDependOnTheCut(Initialization initialization, CovarianceType type) {
        MixtureParameters expected = start(InMemoryRowBlocks.of(ROWS, 16), initialization, type, 1, 0);
        MixtureParameters same = start(InMemoryRowBlocks.of(ROWS, 16), initialization, type, 1, 0);
        assertThat(same.means().data).containsExactly(expected.means().data);
        assertThat(same.covariances().get(0).data)
                .containsExactly(expected.covariances().get(0).data);
        double tolerance = initialization == Initialization.OVER_CLUSTERING ? 1e-9 : 1e-11;
        Parameters.assertClose(start(reversed(), initialization, type, 1, 0), expected, tolerance);
        Parameters.assertClose(start(InMemoryRowBlocks.of(ROWS, N), initialization, type, 1, 0), expected, tolerance);
    }

    /** Three partitions of blocks of one row, last row first. */
    private static RowBlocks reversed() {
        List<List<Block>> partitions = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = N - 1; i >= 0; i--) {
            partitions.get(i % 3).add(Block.of(TestMatrices.slice(ROWS, i, i + 1)));
        }
        return new InMemoryRowBlocks(partitions);
    }

    @ParameterizedTest
    @EnumSource(Initialization.class)
    void seedsAndRestartsDraw(Initialization initialization) {
        RowBlocks data = InMemoryRowBlocks.of(ROWS, 16);
        MixtureParameters one = start(data, initialization, CovarianceType.DIAGONAL, 1, 0);
        MixtureParameters otherSeed = start(data, initialization, CovarianceType.DIAGONAL, 2, 0);
        MixtureParameters otherRestart = start(data, initialization, CovarianceType.DIAGONAL, 1, 1);
        assertThat(otherSeed.means().data).isNotEqualTo(one.means().data);
        assertThat(otherRestart.means().data).isNotEqualTo(one.means().data);
        assertThat(otherRestart.means().data).isNotEqualTo(otherSeed.means().data);
    }

    @Test
    void randomRowsAreDistinctRowsWithTheCovarianceOfAll() {
        RowBlocks data = InMemoryRowBlocks.of(ROWS, 16);
        MixtureParameters start = start(data, Initialization.RANDOM_ROWS, CovarianceType.FULL, 1, 0);
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            rows.add(Arrays.stream(TestMatrices.row(ROWS, i)).boxed().toList());
        }
        List<List<Double>> means = new ArrayList<>();
        for (int k = 0; k < K; k++) {
            means.add(Arrays.stream(TestMatrices.row(start.means(), k)).boxed().toList());
            assertThat(start.weight(k)).isEqualTo(1.0 / K);
        }
        assertThat(rows).containsAll(means);
        assertThat(means).doesNotHaveDuplicates();
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < D; j++) {
                double expected = covariance(i, j) + (i == j ? 1e-6 : 0);
                // n terms below 200.
                double bound = 200 * N * TestMatrices.U;
                assertThat(start.covariance(2).get(i, j)).isCloseTo(expected, within(bound));
            }
        }
    }

    /** The clusters of twenty far rows have variances of 1e9, a thousand times those of all others together. */
    @Test
    void thePriorOfAnOverClusteringIsThatOfUsualValues() {
        DMatrixRMaj rows = TestMatrices.normal(400, 2, 3);
        for (int i = 0; i < 400; i++) {
            rows.set(i, 0, i < 20 ? 1e5 * rows.get(i, 0) : rows.get(i, 0) + 20 * (i % 2));
        }
        MixtureOptions options = MixtureOptions.DEFAULT
                .withCovariance(CovarianceType.DIAGONAL)
                .withInitialization(Initialization.OVER_CLUSTERING)
                .withComponents(List.of(3));
        List<String> told = new ArrayList<>();
        start(
                        InMemoryRowBlocks.of(rows, 512),
                        options,
                        3,
                        0,
                        Fits.listener(SearchListener.none(), told::add, () -> false))
                .mixture();
        assertThat(told)
                .containsSubsequence(
                        "mixture K=6, start", "moments of usual values", "mixture, 6 components to be merged");
    }

    private static double covariance(int i, int j) {
        double[] sums = new double[3];
        for (int n = 0; n < N; n++) {
            sums[0] += ROWS.get(n, i);
            sums[1] += ROWS.get(n, j);
        }
        for (int n = 0; n < N; n++) {
            sums[2] += (ROWS.get(n, i) - sums[0] / N) * (ROWS.get(n, j) - sums[1] / N);
        }
        return sums[2] / N;
    }

    /** Rows (1, y) and (NaN, y) are equal after filling: they count once, for twenty values of y. */
    @ParameterizedTest
    @EnumSource(Initialization.class)
    void rowsThatAreEqualAfterFillingAreNotMissed(Initialization initialization) {
        DMatrixRMaj rows = new DMatrixRMaj(40, 2);
        for (int i = 0; i < 40; i++) {
            rows.set(i, 0, i % 2 == 0 ? 1 : Double.NaN);
            rows.set(i, 1, i / 2);
        }
        MixtureOptions options = MixtureOptions.DEFAULT.withInitialization(initialization);
        MixtureStart start = start(InMemoryRowBlocks.of(rows, 8), options, 15, 0);
        assertThat(start.distinctRows().numRows).isEqualTo(15);
        assertThat(start.mixture().components()).isEqualTo(15);
    }

    /** Merged neighbours have weights 3, 2 and 1 here: two distinct rows, not four. */
    @ParameterizedTest
    @EnumSource(Initialization.class)
    void rowsOfDifferentWeightAreNotDistinctForThat(Initialization initialization) {
        Block merged = new Block(column(1, 2), new double[] {3, 2}, 5);
        Block rest = Block.of(column(1, 2));
        RowBlocks data = new InMemoryRowBlocks(List.of(List.of(merged), List.of(rest)));
        MixtureOptions options = MixtureOptions.DEFAULT.withInitialization(initialization);
        assertThatThrownBy(() -> start(data, options, 3))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the table has 2 distinct rows to train on, but 3 components are to be fitted");
    }

    @ParameterizedTest
    @MethodSource("all")
    void asManyDistinctRowsAsComponentsAreEnough(Initialization initialization, CovarianceType type) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withInitialization(initialization)
                .withCovariance(type)
                .withFactors(1)
                .withRegularization(0);
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{1, 1}, {2, 5}, {1, 1}, {9, 3}});
        MixtureParameters start = start(InMemoryRowBlocks.of(rows, 3), options, 3);
        assertThat(MixtureFactors.of(start).components()).isEqualTo(3);
    }

    private static MixtureParameters start(
            RowBlocks data, Initialization initialization, CovarianceType type, long seed, int restart) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withInitialization(initialization)
                .withCovariance(type)
                .withSeed(seed);
        return start(data, options, K, restart).mixture().gaussian();
    }

    /** Returns the first start of Gaussian columns. */
    static MixtureParameters start(RowBlocks data, MixtureOptions options, int components) {
        return start(data, options, components, 0).mixture().gaussian();
    }

    private static MixtureStart start(RowBlocks data, MixtureOptions options, int components, int restart) {
        return start(data, options, components, restart, SearchListener.none());
    }

    private static MixtureStart start(
            RowBlocks data, MixtureOptions options, int components, int restart, SearchListener listener) {
        MixedColumns columns = MixedColumns.ofNumbers(data.width());
        TrainingRows rows = new TrainingRows(data, columns, options, listener);
        return new MixtureStart(rows, options, components, restart);
    }

    private static DMatrixRMaj column(double... values) {
        return new DMatrixRMaj(values.length, 1, true, values);
    }
}
