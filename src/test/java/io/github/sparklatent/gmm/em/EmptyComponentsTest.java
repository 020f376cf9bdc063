package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.learn.em.ExpectationMaximization.Update;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Components that lose their rows: 0 and 2 have the data, 1 and 3 lie a million deviations away.
 */
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

    private static Mixture start(CovarianceType type) {
        Mixture mixture = TestMixtures.of(type, K, D, 0, 0, 3);
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{-5, -5}, {1e6, 0}, {5, 5}, {0, 1e6}});
        return Mixture.of(type, mixture.weights(), means, mixture.covariances());
    }

    private Update<Mixture> update(Mixture mixture, int reinitialized) {
        GaussianMixtureEm em = new GaussianMixtureEm(mixture.type(), K, D, 0);
        double[] sums = data.sums("", em.expectation(mixture)).sums();
        return em.update(mixture, sums, data, reinitialized);
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void theyArePutAtTheWorstExplainedRows(CovarianceType type) {
        Mixture before = start(type);
        Update<Mixture> update = update(before, 0);
        Mixture after = update.model();
        List<double[]> worst = worstExplained(before);
        assertThat(TestMatrices.row(after.means(), 1)).containsExactly(worst.get(0));
        assertThat(TestMatrices.row(after.means(), 3)).containsExactly(worst.get(1));
        assertThat(update.reinitialized()).isEqualTo(2);
        assertThat(update.events())
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

    private List<double[]> worstExplained(Mixture mixture) {
        ExactMixture exact = new ExactMixture(mixture);
        return IntStream.range(0, rows.numRows)
                .mapToObj(i -> TestMatrices.row(rows, i))
                .sorted(Comparator.comparingDouble(exact::logDensity))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void theOthersMoveAsIfThereWereNoVacancies(CovarianceType type) {
        Mixture before = start(type);
        Mixture after = update(before, 0).model();
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
    void everyRunChoosesTheSameRows(CovarianceType type) {
        Mixture first = update(start(type), 0).model();
        Mixture second = update(start(type), 0).model();
        assertThat(second.means().data).containsExactly(first.means().data);
        assertThat(second.weights()).containsExactly(first.weights());
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void afterTwiceAsManyAsComponentsTheyStayWhereTheyAre(CovarianceType type) {
        Mixture before = start(type);
        assertThat(update(before, 2 * K - 2).reinitialized()).isEqualTo(2);
        Update<Mixture> update = update(before, 2 * K - 1);
        assertThat(update.reinitialized()).isZero();
        assertThat(update.events())
                .containsExactly(
                        "component 1 had no rows left and keeps its mean and a weight near 0",
                        "component 3 had no rows left and keeps its mean and a weight near 0");
        for (int k : new int[] {1, 3}) {
            assertThat(TestMatrices.row(update.model().means(), k))
                    .containsExactly(TestMatrices.row(before.means(), k));
            assertThat(update.model().weight(k)).isZero();
            if (type != CovarianceType.TIED) {
                assertThat(update.model().covariance(k).data)
                        .containsExactly(before.covariance(k).data);
            }
        }
        assertThat(update.model().weight(0) + update.model().weight(2)).isCloseTo(1, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aTrainingThatReSeedsEndsWithAllComponentsInUse(CovarianceType type) {
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(K)).withCovariance(type);
        MixtureFit fit =
                new MixtureTrainer(data, null, options, start(type), TrainerListener.NONE)
                        .fit()
                        .best();
        assertThat(fit.events())
                .startsWith(
                        "round 1: component 1 had no rows left and was re-initialised at the"
                                + " worst-explained row (re-initialisation 1)");
        assertThat(fit.sizes()).hasSize(K).allMatch(size -> size > 0.5);
        assertThat(fit.figures().converged()).isTrue();
        // One component for each group would have: entropy of 1/3 : 2/3, and a normal's in 2 d.
        double twoGroups =
                Math.log(1 / 3.0) / 3 + 2 * Math.log(2 / 3.0) / 3 - Math.log(2 * Math.PI) - 1;
        assertThat(fit.figures().meanLogLikelihood()).isGreaterThan(twoGroups - 0.5);
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void statisticsOfSomeComponents(CovarianceType type) {
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        double[] statistics = IntStream.range(0, layout.length()).asDoubleStream().toArray();
        double[] some = layout.select(statistics, List.of(1, 3));
        StatisticsLayout two = new StatisticsLayout(type, 2, D);
        assertThat(some).hasSize(two.length()).startsWith(0, 1, 2);
        assertThat(two.sizes(some)).containsExactly(3 + 1, 3 + 3);
        int sums = layout.sums();
        assertThat(java.util.Arrays.copyOfRange(some, two.sums(), two.scatter()))
                .containsExactly(sums + 2, sums + 3, sums + 6, sums + 7);
        int scatter = layout.scatter();
        double[] expected =
                switch (type) {
                    case FULL ->
                            new double[] {
                                scatter + 3,
                                scatter + 4,
                                scatter + 5,
                                scatter + 9,
                                scatter + 10,
                                scatter + 11
                            };
                    case TIED -> new double[] {scatter, scatter + 1, scatter + 2};
                    case DIAGONAL, SPHERICAL ->
                            new double[] {scatter + 2, scatter + 3, scatter + 6, scatter + 7};
                };
        assertThat(some).endsWith(expected);
    }
}
