package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.bayes.BayesOptions;
import io.github.sparklatent.mixture.bayes.WeightPrior;
import java.util.List;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Variational Bayes finds how many components the rows need. */
class ComponentsInUseTest {
    private static final int CLUSTERS = 5;
    private static final int ROWS = 1000;

    /** Five clusters of unit variance, 8 apart, and thirty components, in ten tables. */
    @ParameterizedTest
    @EnumSource(WeightPrior.class)
    void fiveOfThirtyComponentsStayInUse(WeightPrior prior) {
        long[] inUse = LongStream.rangeClosed(1, 10)
                .map(seed -> componentsInUse(prior, seed))
                .toArray();

        assertThat(LongStream.of(inUse).filter(number -> number == CLUSTERS).count())
                .as(
                        "tables of %s with five components in use",
                        LongStream.of(inUse).boxed().toList())
                .isGreaterThanOrEqualTo(9);
    }

    private static long componentsInUse(WeightPrior prior, long seed) {
        DMatrixRMaj rows = TestMatrices.normal(ROWS, 2, seed);
        for (int i = 0; i < ROWS; i++) {
            double angle = 2 * Math.PI * (i % CLUSTERS) / CLUSTERS;
            // The chord between neighbours on this circle is 8.
            double radius = 4 / Math.sin(Math.PI / CLUSTERS);
            rows.add(i, 0, radius * Math.cos(angle));
            rows.add(i, 1, radius * Math.sin(angle));
        }
        TrainingResult result = new MixtureTrainer(
                        InMemoryRowBlocks.of(rows, 256),
                        null,
                        MixtureOptions.DEFAULT
                                .withFit(FitMethod.VARIATIONAL_BAYES)
                                .withBayes(new BayesOptions(prior, 0, 1))
                                .withComponents(List.of(30))
                                .withStopping(new StoppingRule(1000, 1e-7))
                                .withSeed(seed),
                        null,
                        SearchListener.none())
                .fit();
        return result.best().componentsInUse(result.size());
    }
}
