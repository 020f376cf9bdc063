package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusteringScorerTest {
    private static final int WIDTH = 6;
    private static final int ROWS = 7;
    private static final int COMPONENTS = 3;

    private static final Architecture ARCHITECTURE = Samples.architecture(2, 5, new Bernoulli(WIDTH))
            .withComponents(COMPONENTS)
            .withAuxiliary(List.of(new LayerSpec.Width(4)));

    private static final FMatrixRMaj TABLE = Samples.rows(ROWS, WIDTH, 6);

    private static TrainedNetwork network(Kind kind) {
        return new TrainedNetwork(kind, ARCHITECTURE, Samples.parameters(ARCHITECTURE, kind, 0.5));
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDING", "CLASSIFYING"})
    void responsibilitiesAreSharesOfTheRowAlone(Kind kind) {
        NetworkScorer scorer = network(kind).scorer(ROWS, ScoringOptions.DEFAULT);
        FMatrixRMaj whole = new FMatrixRMaj(0, 0);
        FMatrixRMaj one = new FMatrixRMaj(0, 0);
        int[] component = new int[ROWS];
        scorer.responsibilities(TABLE, whole);
        scorer.component(TABLE, component);
        for (int i = 0; i < ROWS; i++) {
            scorer.responsibilities(Samples.select(TABLE, i), one);
            double sum = 0;
            for (int k = 0; k < COMPONENTS; k++) {
                assertThat(one.get(0, k)).isCloseTo(whole.get(i, k), within(1e-5f));
                assertThat(whole.get(i, k)).isLessThanOrEqualTo(whole.get(i, component[i]));
                sum += whole.get(i, k);
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    /** The bound of a trained network is what training measures, and below importance samples. */
    @ParameterizedTest
    @EnumSource(names = {"EMBEDDING", "CLASSIFYING"})
    void measuresAreThoseOfTheObjective(Kind kind) {
        int samples = 400;
        NetworkScorer scorer = network(kind)
                .scorer(ROWS, ScoringOptions.DEFAULT.withSamples(samples).withSeed(0));
        double[] reconstruction = new double[ROWS];
        double[] divergence = new double[ROWS];
        double[] likelihood = new double[ROWS];
        scorer.measure(TABLE, reconstruction, divergence);
        scorer.logLikelihood(TABLE, samples, likelihood);
        double[] totals = new double[3];
        for (int i = 0; i < ROWS; i++) {
            totals[0] += reconstruction[i];
            totals[1] += divergence[i];
            totals[2] -= likelihood[i];
        }
        double[] sums = new double[3];
        (kind == Kind.EMBEDDING
                        ? new ClusteringObjective(
                                Kind.EMBEDDING, ARCHITECTURE, ClusteringOptions.DEFAULT.withSamples(samples))
                        : new ClusteringObjective(
                                Kind.CLASSIFYING, ARCHITECTURE, ClusteringOptions.DEFAULT.withSamples(samples)))
                .worker(ROWS)
                .evaluate(network(kind).parameters(), TABLE, Samples.ones(ROWS), sums);
        assertThat(totals[0]).isCloseTo(sums[1], within(1e-4));
        assertThat(totals[1]).isCloseTo(sums[2], within(1e-4));
        assertThat(totals[2]).isLessThan(totals[0] + totals[1]);
    }

    /** A component whose variances are small is drawn at its mean. */
    @Test
    void variancesOfClassesAreDrawnWith() {
        float[] parameters = network(Kind.CLASSIFYING).parameters().clone();
        Networks networks = ARCHITECTURE.networks(Kind.CLASSIFYING);
        int means = networks.priorOffset() + 2 * 2; // of the last component
        int variances = means + COMPONENTS * 2;
        Arrays.fill(parameters, variances, variances + 2, -18f);
        float[] code = new float[2];
        networks.distribution(parameters).draw(1, 0, 2, code, 0);
        float least = (float) Math.exp(SoftBound.LOG_VARIANCE.bounded(-18) / 2);
        for (int j = 0; j < 2; j++) {
            assertThat(code[j]).isCloseTo(parameters[means + j], within(5 * least));
        }
    }

    /** Draws of a component lie about its mean, decoded. */
    @ParameterizedTest
    @EnumSource(names = {"EMBEDDING", "CLASSIFYING"})
    void drawsOfAComponent(Kind kind) {
        TrainedNetwork network = network(kind);
        double[] row = new double[WIDTH];
        network.sampler(1).fromComponent(2).sample(5, row);
        for (double value : row) {
            assertThat(value).isIn(0.0, 1.0);
        }
        assertThatThrownBy(() -> network.sampler(1).fromComponent(COMPONENTS))
                .hasMessageContaining("component is 3, expected a number from 0 to 2");
    }

    @Test
    void encodesLikeAVariationalNetwork() {
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        network(Kind.EMBEDDING).scorer(ROWS, ScoringOptions.DEFAULT).encode(TABLE, mean, variance);
        assertThat(mean.numCols).isEqualTo(2);
        for (int i = 0; i < variance.getNumElements(); i++) {
            assertThat(variance.data[i]).isPositive();
        }
    }
}
