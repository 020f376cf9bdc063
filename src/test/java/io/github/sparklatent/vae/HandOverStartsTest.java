package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.InMemoryShards;
import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.LayerSpec;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What other models than an embedding make of an autoencoder and the clusters of its codes. */
class HandOverStartsTest {
    private static final int LATENT = 2;
    private static final int COMPONENTS = 3;
    private static final Architecture ARCHITECTURE =
            Samples.architecture(LATENT, 5, new Bernoulli(6))
                    .withComponents(COMPONENTS)
                    .withAuxiliary(List.of(new LayerSpec.Width(4)));
    private static final FMatrixRMaj ROWS = Samples.rows(200, 6, 8);

    private final float[] embedding =
            HandOver.of(
                            ARCHITECTURE,
                            EmbeddingRecipe.DEFAULT.withRestarts(2),
                            Samples.parameters(ARCHITECTURE, Kind.AUTOENCODER, 0.5),
                            InMemoryShards.of(ROWS, 2))
                    .parameters();

    private static NetworkScorer scorer(Kind kind, float[] parameters) {
        return new TrainedNetwork(kind, ARCHITECTURE, parameters)
                .scorer(ROWS.numRows, ScoringOptions.DEFAULT);
    }

    private void keepsCodesAndReconstructions(NetworkScorer scorer, double tolerance) {
        NetworkScorer original = scorer(Kind.EMBEDDING, embedding);
        FMatrixRMaj expected = new FMatrixRMaj(0, 0);
        FMatrixRMaj found = new FMatrixRMaj(0, 0);
        original.encode(ROWS, expected);
        scorer.encode(ROWS, found);
        assertThat(found.data).containsExactly(expected.data, within((float) tolerance));
        original.reconstruct(ROWS, expected);
        scorer.reconstruct(ROWS, found);
        assertThat(found.data).containsExactly(expected.data, within((float) tolerance));
    }

    /**
     * The heads of the components differ from the embedding's by deviations of 1e-3 a weight: with
     * five hidden values in (-1, 1) codes by less than 5e-3 times some deviations of them.
     */
    @Test
    void aMixtureHasTheCodesAndTheClusters() {
        float[] start = new MixtureStart(ARCHITECTURE).of(embedding, 7);
        NetworkScorer scorer = scorer(Kind.MIXTURE, start);
        keepsCodesAndReconstructions(scorer, 0.02);
        Networks networks = ARCHITECTURE.networks(Kind.MIXTURE);
        CodePrior prior = networks.prior().trained(start, networks.priorOffset());
        assertThat(prior)
                .usingRecursiveComparison()
                .isEqualTo(
                        ARCHITECTURE
                                .networks(Kind.EMBEDDING)
                                .prior()
                                .trained(
                                        embedding,
                                        ARCHITECTURE.networks(Kind.EMBEDDING).priorOffset()));
        assertThat(new MixtureStart(ARCHITECTURE).of(embedding, 7)).isEqualTo(start);
        assertThat(new MixtureStart(ARCHITECTURE).of(embedding, 8)).isNotEqualTo(start);
    }

    @Test
    void aClassifierFormHasTheNetworksAndTheMeans() {
        float[] start = ClassifyingStart.of(ARCHITECTURE, embedding, 7);
        keepsCodesAndReconstructions(scorer(Kind.CLASSIFYING, start), 0);
        Networks from = ARCHITECTURE.networks(Kind.EMBEDDING);
        Networks to = ARCHITECTURE.networks(Kind.CLASSIFYING);
        int means = from.priorOffset() + ((MixturePrior) from.prior()).means();
        for (int i = 0; i < COMPONENTS * LATENT; i++) {
            assertThat(start[to.priorOffset() + i]).isEqualTo(embedding[means + i]);
        }
    }
}
