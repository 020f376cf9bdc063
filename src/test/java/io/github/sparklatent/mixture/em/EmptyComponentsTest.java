package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.ExpectationMaximization.Update;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Components that lose their rows: 0 and 2 have the data, 1 and 3 lie a million deviations away. */
class EmptyComponentsTest {
    private static final int K = 4;
    private static final int D = 2;

    private final DMatrixRMaj rows = rows();
    private final InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 7);

    /** Two groups around (−5, −5) and (5, 5). */
    private static DMatrixRMaj rows() {
        DMatrixRMaj rows = TestMatrices.normal(60, D, 1);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] += i / D % 3 == 0 ? -5 : 5;
        }
        return rows;
    }

    private static MixtureParameters start(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, K, D, 0, 0, 3);
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{-5, -5}, {1e6, 0}, {5, 5}, {0, 1e6}});
        return MixtureParameters.of(type, mixture.weights(), means, mixture.covariances());
    }

    private Update<MixedMixture> update(MixtureParameters mixture, int reinitialized) {
        return update(data, mixture, 0, reinitialized);
    }

    private static Update<MixedMixture> update(
            RowBlocks data, MixtureParameters start, double regularization, int reinitialized) {
        MixedMixture mixture = MixedMixture.of(start);
        MixtureEm em = Fits.em(StatisticsLayout.of(start), regularization);
        double[] sums = data.sums("", em.expectation(mixture)).sums();
        return em.update(mixture, sums, data, reinitialized, false);
    }

    private static RowBlocks weighted(DMatrixRMaj table, double[] weights, long count) {
        return new InMemoryRowBlocks(List.of(List.of(new Block(table, weights, count))));
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void theyArePutAtTheWorstExplainedRows(CovarianceType type) {
        MixtureParameters before = start(type);
        Update<MixedMixture> update = update(before, 0);
        MixtureParameters after = update.model().gaussian();
        assertThat(update(before, 0).model().gaussian().means().data).containsExactly(after.means().data);
        List<double[]> worst = worstExplained(before);
        assertThat(TestMatrices.row(after.means(), 1)).containsExactly(worst.get(0));
        assertThat(TestMatrices.row(after.means(), 3)).containsExactly(worst.get(1));
        assertThat(update.reinitialized()).isEqualTo(2);
        assertThat(update.warnings())
                .containsExactly(
                        "component 1 had no rows left and was re-initialised at the worst-explained"
                                + " row (re-initialisation 1)",
                        "component 3 had no rows left and was re-initialised at the worst-explained"
                                + " row (re-initialisation 2)");
        assertThat(after.weight(1)).isEqualTo(1.0 / K);
        assertThat(after.weight(3)).isEqualTo(1.0 / K);
        // The groups have 20 and 40 of the 60 rows; half of the weight is left for them.
        assertThat(after.weight(0)).isCloseTo(0.5 * 20 / 60, within(1e-6));
        assertThat(after.weight(2)).isCloseTo(0.5 * 40 / 60, within(1e-6));
        // The mean covariance of the occupied ones, by a sum in another order.
        DMatrixRMaj pooled = new DMatrixRMaj(D, D);
        for (int k : new int[] {0, 2}) {
            DMatrixRMaj covariance = after.covariance(k);
            for (int i = 0; i < D * D; i++) {
                pooled.data[i] += 2 * after.weight(k) * covariance.data[i];
            }
        }
        for (int k : new int[] {1, 3}) {
            for (int i = 0; i < D * D; i++) {
                assertThat(after.covariance(k).data[i]).isCloseTo(pooled.data[i], within(1e-14));
            }
        }
    }

    /** Two equal columns make the covariances of the occupied components, 0 and 2, singular. */
    @Test
    void repairsNameComponentsByTheirOwnNumber() {
        DMatrixRMaj equal = rows.copy();
        for (int i = 0; i < equal.numRows; i++) {
            equal.set(i, 1, equal.get(i, 0));
        }
        List<String> warnings = update(InMemoryRowBlocks.of(equal, 7), start(CovarianceType.FULL), 0, 0)
                .warnings();
        assertThat(warnings.get(0)).startsWith("the covariance of component 0 was not positive definite");
        assertThat(warnings.get(1)).startsWith("the covariance of component 2 was not positive definite");
    }

    private List<double[]> worstExplained(MixtureParameters mixture) {
        ExactMixture exact = new ExactMixture(mixture);
        return IntStream.range(0, rows.numRows)
                .mapToObj(i -> TestMatrices.row(rows, i))
                .sorted(Comparator.comparingDouble(exact::logDensity))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void theOthersMoveAsIfThereWereNoVacancies(CovarianceType type) {
        MixtureParameters before = start(type);
        MixtureParameters after = update(before, 0).model().gaussian();
        for (int k : new int[] {0, 2}) {
            double[] mean = new double[D];
            int size = 0;
            for (int i = 0; i < rows.numRows; i++) {
                if (k == 0 == (i % 3 == 0)) {
                    mean[0] += rows.get(i, 0);
                    mean[1] += rows.get(i, 1);
                    size++;
                }
            }
            // The groups are 14 deviations apart: shares differ from 0 and 1 by exp(−40) or less.
            assertThat(after.means().get(k, 0)).isCloseTo(mean[0] / size, within(1e-6));
            assertThat(after.means().get(k, 1)).isCloseTo(mean[1] / size, within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void afterTwiceAsManyAsComponentsTheyStayWhereTheyAre(CovarianceType type) {
        MixtureParameters before = start(type);
        assertThat(update(before, 2 * K - 2).reinitialized()).isEqualTo(2);
        Update<MixedMixture> update = update(before, 2 * K - 1);
        MixtureParameters after = update.model().gaussian();
        assertThat(update.reinitialized()).isZero();
        assertThat(update.warnings())
                .containsExactly(
                        "component 1 had no rows left and keeps its distributions and a weight near 0",
                        "component 3 had no rows left and keeps its distributions and a weight near 0");
        for (int k : new int[] {1, 3}) {
            assertThat(TestMatrices.row(after.means(), k)).containsExactly(TestMatrices.row(before.means(), k));
            assertThat(after.weight(k)).isZero();
            if (type != CovarianceType.TIED) {
                assertThat(after.covariance(k).data).containsExactly(before.covariance(k).data);
            }
        }
        assertThat(after.weight(0) + after.weight(2)).isCloseTo(1, within(1e-15));
    }

    /** Without a following round, a new component would only lower the likelihood. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void theLastPermittedRoundReinitialisesNone(CovarianceType type) {
        MixtureFit one = Fits.rounds(data, start(type), 0, 1);
        assertThat(one.warnings())
                .containsExactly(
                        "round 1: component 1 had no rows left and keeps its distributions and a weight near 0",
                        "round 1: component 3 had no rows left and keeps its distributions and a weight near 0");
        assertThat(one.mixture().weight(1)).isZero();
        MixtureFit two = Fits.rounds(data, start(type), 0, 2);
        assertThat(two.warnings())
                .containsExactly(
                        "round 1: component 1 had no rows left and was re-initialised at the"
                                + " worst-explained row (re-initialisation 1)",
                        "round 1: component 3 had no rows left and was re-initialised at the"
                                + " worst-explained row (re-initialisation 2)");
    }

    /** One row of weight 10⁹ does not make 500 rows of weight 1 nothing. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aHeavyRowEmptiesNoOtherGroup(CovarianceType type) {
        int size = 500;
        DMatrixRMaj table = TestMatrices.normal(2 * size, D, 5);
        double[] weights = new double[2 * size];
        for (int i = 0; i < 2 * size; i++) {
            weights[i] = i == 0 ? 1e9 : 1;
            table.add(i, 0, i < size ? 50 : 0);
        }
        MixtureParameters before = MixtureParameters.of(
                type,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{50, 0}, {0, 0}}),
                TestMixtures.of(type, 2, D, 0, 0, 3).covariances());
        Update<MixedMixture> update = update(weighted(table, weights, 2 * size), before, 1e-6, 0);
        assertThat(update.reinitialized()).isZero();
        assertThat(update.model().weight(1) * 1e9).isCloseTo(size, within(1.0));
    }

    /**
     * Three equal rows are a row of weight 3. The second component has a thousandth of two rows, which is more than a
     * thousandth of one but less than that of the lightest, which is three.
     */
    @Test
    void packingDoesNotDecideWhatIsEmpty() {
        double[] weights = new double[rows.numRows];
        Arrays.fill(weights, 3);
        double share = 2e-3 / (3 * rows.numRows);
        DMatrixRMaj covariance = TestMatrices.covariance(D, 3);
        MixtureParameters before = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {1 - share, share},
                new DMatrixRMaj(2, D),
                List.of(covariance, covariance));
        for (long count : new long[] {rows.numRows, 3L * rows.numRows}) {
            assertThat(update(weighted(rows, weights, count), before, 1e-6, 0).reinitialized())
                    .isEqualTo(1);
        }
    }

    /** A row at 8 deviations of weight 5 loses 5 · 32 nats, one at 10 deviations of weight 1 loses 50. */
    @Test
    void aHeavyRowIsWorseExplainedThanALightOneFurtherOut() {
        DMatrixRMaj table = TestMatrices.normal(100, 1, 5);
        table.set(0, 0, 10);
        table.set(1, 0, -8);
        double[] weights = new double[100];
        Arrays.fill(weights, 1);
        weights[1] = 5;
        MixtureParameters before = MixtureParameters.of(
                CovarianceType.SPHERICAL,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{0}, {1e6}}),
                List.of(new DMatrixRMaj(new double[][] {{1}, {1}})));
        MixedMixture after = update(weighted(table, weights, 100), before, 0, 0).model();
        assertThat(after.gaussian().means().get(1, 0)).isEqualTo(-8);
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aTrainingThatReSeedsEndsWithAllComponentsInUse(CovarianceType type) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(K))
                .withCovariance(type)
                .withFactors(1);
        MixtureFit fit = Fits.of(data, options, start(type));
        assertThat(fit.warnings())
                .startsWith("round 1: component 1 had no rows left and was re-initialised at the"
                        + " worst-explained row (re-initialisation 1)");
        assertThat(fit.sizes()).hasSize(K).allMatch(size -> size > 0.5);
        assertThat(fit.metrics().converged()).isTrue();
        // One component for each group would have: entropy of 1/3 : 2/3, and a normal's in 2 d.
        double twoGroups = Math.log(1 / 3.0) / 3 + 2 * Math.log(2 / 3.0) / 3 - Math.log(2 * Math.PI) - 1;
        assertThat(fit.metrics().meanLogLikelihood()).isGreaterThan(twoGroups - 0.5);
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void statisticsOfSomeComponents(CovarianceType type) {
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        double[] statistics =
                IntStream.range(0, layout.length()).asDoubleStream().toArray();
        double[] some = layout.select(statistics, List.of(1, 3));
        StatisticsLayout two = new StatisticsLayout(type, 2, D);
        assertThat(some).hasSize(two.length()).startsWith(0, 1, 2);
        assertThat(two.sizes(some)).containsExactly(3 + 1, 3 + 3);
        int sums = layout.sums();
        assertThat(Arrays.copyOfRange(some, two.sums(), two.scatter()))
                .containsExactly(sums + 2, sums + 3, sums + 6, sums + 7);
        int scatter = layout.scatter();
        double[] expected = switch (type) {
            case FULL -> new double[] {scatter + 3, scatter + 4, scatter + 5, scatter + 9, scatter + 10, scatter + 11};
            case TIED -> new double[] {scatter, scatter + 1, scatter + 2};
            case DIAGONAL, SPHERICAL -> new double[] {scatter + 2, scatter + 3, scatter + 6, scatter + 7};
            case FACTOR, PPCA -> throw new IllegalArgumentException();
        };
        assertThat(some).endsWith(expected);
    }
}
