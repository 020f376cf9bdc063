package io.github.sparklatent.mixture.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class OverClusteringTest {
    private static final int ROWS = 1200;

    /**
     * Three groups of one size. The first is no Gaussian: half of it is narrow, half wide about one centre. The other
     * two are balls five deviations apart.
     */
    private static int group(int row) {
        return row % 3;
    }

    private static DMatrixRMaj rows() {
        RandomGenerator random = RandomStreams.of(3, Purpose.NOISE);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            double deviation = i % 6 == 0 ? 8 : 1;
            double x = group(i) == 0 ? 0 : 37.5 + 5 * group(i);
            rows.set(i, 0, x + deviation * random.nextGaussian());
            rows.set(i, 1, deviation * random.nextGaussian());
        }
        return rows;
    }

    private static MixtureFit fit(DMatrixRMaj rows, Initialization initialization) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(3))
                .withInitialization(initialization)
                .withRestarts(3)
                .withStopping(new StoppingRule(100, 1e-5));
        return Fits.of(InMemoryRowBlocks.of(rows, 256), options);
    }

    private static double accuracy(MixtureFit fit, DMatrixRMaj rows) {
        MixtureScores density = Fits.scores(fit.mixture(), rows);
        int[][] counts = new int[3][3];
        for (int i = 0; i < ROWS; i++) {
            int best = 0;
            for (int k = 1; k < 3; k++) {
                if (density.responsibilities().get(i, k)
                        > density.responsibilities().get(i, best)) {
                    best = k;
                }
            }
            counts[group(i)][best]++;
        }
        int greatest = 0;
        for (int[] o : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            greatest = Math.max(greatest, counts[0][o[0]] + counts[1][o[1]] + counts[2][o[2]]);
        }
        return (double) greatest / ROWS;
    }

    @Test
    void findsWhatTheLikelihoodMisses() {
        DMatrixRMaj rows = rows();
        MixtureFit likeliest = fit(rows, Initialization.K_MEANS_PARALLEL);
        MixtureFit joined = fit(rows, Initialization.OVER_CLUSTERING);
        // Two of three groups as one: a third of the rows has no component of its own.
        assertThat(accuracy(likeliest, rows)).isLessThan(0.8);
        assertThat(accuracy(joined, rows)).isGreaterThan(0.95);
    }

    /** A start of over-clustering takes longer than the rounds: it is told, and can be ended. */
    @Test
    void theStartIsFollowedAndEndsWhenTheListenerThrows() {
        List<String> told = new ArrayList<>();
        MixtureOptions options = MixtureOptions.DEFAULT
                .withPriorRows(0)
                .withComponents(List.of(3))
                .withInitialization(Initialization.OVER_CLUSTERING);
        SearchListener ending = Fits.listener(
                (description, round, maxRounds, state) -> {
                    throw new AssertionError("the start had no end");
                },
                description -> {
                    told.add(description);
                    if (description.endsWith("4 components to be merged")) {
                        throw new IllegalStateException("ended");
                    }
                },
                () -> false);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows(), 256);
        assertThatThrownBy(() -> new MixtureTrainer(data, null, options, null, ending).fit())
                .hasMessage("ended");
        assertThat(told)
                .startsWith("mixture K=3, distinct rows") // asked for before all fits
                .containsSubsequence(
                        "mixture K=6, distinct rows",
                        "k-means|| K=6, draw 2 of 2",
                        "k-means|| K=6, weighing",
                        "k-means K=6, round 0 of 20",
                        "mixture K=6, start",
                        "start of K=3: GMM full K=6, round 0 of 100")
                .last()
                .asString()
                .endsWith("4 components to be merged");
    }

    /** Fewer distinct rows than twice the components: as many components as there are. */
    @Test
    void startsFromFewDistinctRows() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{0}, {1}, {9}, {0}, {1}, {9}});
        MixtureFit fit = fit(rows, Initialization.OVER_CLUSTERING);
        assertThat(fit.mixture().components()).isEqualTo(3);
        assertThat(fit.metrics().mutualInformation()).isCloseTo(StrictMath.log(3), within(1e-6));
    }
}
