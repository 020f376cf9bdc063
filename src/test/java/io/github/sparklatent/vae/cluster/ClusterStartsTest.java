package io.github.sparklatent.vae.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.cluster.ClusteringRecipe.ClusterSearch;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.MixturePosterior;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.stage.VaeStage;
import io.github.sparklatent.vae.stage.VaeStages;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What other models than an embedding make of an autoencoder and the clusters of its codes. */
class ClusterStartsTest {
    private static final int LATENT = 2;
    private static final int COMPONENTS = 3;
    private static final Architecture ARCHITECTURE = Samples.architecture(LATENT, 5, new Bernoulli(6))
            .withComponents(COMPONENTS)
            .withAuxiliary(List.of(new LayerSpec.Width(4)));
    private static final FMatrixRMaj ROWS = Samples.rows(200, 6, 8);

    private final float[] embedding = ClusterInitialization.of(
                    Kind.EMBEDDING,
                    ARCHITECTURE,
                    ClusteringRecipe.DEFAULT.withRestarts(2),
                    Samples.parameters(ARCHITECTURE, Kind.AUTOENCODER, 0.5),
                    InMemoryShards.of(ROWS, 2),
                    step -> {})
            .embedding();

    private static NetworkScorer scorer(Kind kind, float[] parameters) {
        return new TrainedNetwork(kind, ARCHITECTURE, parameters).scorer(ROWS.numRows, ScoringOptions.DEFAULT);
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
     * The heads of the components differ from the embedding's by deviations of 1e-3 a weight: with five hidden values
     * in (-1, 1) codes by less than 5e-3 times some deviations of them.
     */
    @Test
    void aMixtureHasTheCodesAndTheClusters() {
        float[] start = ClusteredParameters.mixtureStart(ARCHITECTURE, embedding, 7);
        NetworkScorer scorer = scorer(Kind.MIXTURE, start);
        keepsCodesAndReconstructions(scorer, 0.02);
        Networks networks = ARCHITECTURE.networks(Kind.MIXTURE);
        LatentDistribution prior = networks.distribution(start);
        assertThat(prior)
                .usingRecursiveComparison()
                .isEqualTo(ARCHITECTURE
                        .networks(Kind.EMBEDDING)
                        .prior()
                        .distribution(
                                embedding, ARCHITECTURE.networks(Kind.EMBEDDING).priorOffset()));
        assertThat(ClusteredParameters.mixtureStart(ARCHITECTURE, embedding, 7)).isEqualTo(start);
        assertThat(ClusteredParameters.mixtureStart(ARCHITECTURE, embedding, 8)).isNotEqualTo(start);
    }

    /**
     * Five hidden values in (-1, 1) times weights of a deviation of 1e-3: a logit is off 0 by less than 0.02, four
     * deviations of each at the same sign, so a weight off 1/3 by less than a third of 0.04.
     */
    @Test
    void aMixtureHasTheVariancesAndEqualWeights() {
        float[] start = ClusteredParameters.mixtureStart(ARCHITECTURE, embedding, 7);
        int n = ROWS.numRows;
        FloatProducts products = new FloatProducts();
        GaussianPosterior original = new GaussianPosterior(ARCHITECTURE.networks(Kind.EMBEDDING), n, products);
        original.encode(embedding, ROWS);
        MixturePosterior found = new MixturePosterior(ARCHITECTURE.networks(Kind.MIXTURE), n, new FloatProducts());
        found.encode(start, ROWS);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < COMPONENTS; k++) {
                assertThat(found.weights().get(k, i)).isCloseTo(1.0 / COMPONENTS, within(0.04 / COMPONENTS));
                for (int j = 0; j < LATENT; j++) {
                    // Both the exponential of half the same float: a few units in the last place.
                    assertThat(found.deviation()[(k * n + i) * LATENT + j])
                            .isCloseTo(original.deviation()[i * LATENT + j], within(1e-6f));
                }
            }
        }
    }

    /** Its components have the covariance I: so has the pooled one that they start from. */
    @Test
    void aClassifierFormIsOfWhitenedCodesWhateverTheStart() {
        for (ClusterSearch how : ClusterSearch.values()) {
            ClusteringRecipe recipe = ClusteringRecipe.DEFAULT.withRestarts(2).withStart(how);
            float[] before = Samples.parameters(ARCHITECTURE, Kind.AUTOENCODER, 0.5);
            Shards train = InMemoryShards.of(ROWS, 2);
            float[] found = ClusterInitialization.of(Kind.CLASSIFYING, ARCHITECTURE, recipe, before, train, step -> {})
                    .embedding();
            for (double variance : pooled(found)) {
                assertThat(variance).isCloseTo(1, within(1e-5)); // floats of the logarithms
            }
            Stage stage = new VaeStages(Kind.CLASSIFYING, ARCHITECTURE, recipe)
                    .stage(VaeStage.CLUSTERING, AveragingOptions.DEFAULT);
            assertThat(stage.begin(before, train, step -> {}).parameters())
                    .isEqualTo(ClusteredParameters.classifierStart(ARCHITECTURE, found, recipe.seed()));
        }
    }

    /** Σ_k π_k s_kj² of each latent dimension. */
    private static double[] pooled(float[] embedding) {
        Networks networks = ARCHITECTURE.networks(Kind.EMBEDDING);
        MixturePrior prior = networks.prior();
        int at = networks.priorOffset();
        double[] pooled = new double[LATENT];
        for (int k = 0; k < COMPONENTS; k++) {
            double weight = Math.exp(embedding[at + prior.logits() + k]);
            for (int j = 0; j < LATENT; j++) {
                int variance = at + prior.logVariances() + k * LATENT + j;
                pooled[j] += weight * Math.exp(embedding[variance]);
            }
        }
        return pooled;
    }

    @Test
    void aClassifierFormHasTheNetworksAndTheComponents() {
        float[] start = ClusteredParameters.classifierStart(ARCHITECTURE, embedding, 7);
        keepsCodesAndReconstructions(scorer(Kind.CLASSIFYING, start), 0);
        Networks from = ARCHITECTURE.networks(Kind.EMBEDDING);
        Networks to = ARCHITECTURE.networks(Kind.CLASSIFYING);
        int means = from.priorOffset() + from.prior().means();
        for (int i = 0; i < 2 * COMPONENTS * LATENT; i++) {
            assertThat(start[to.priorOffset() + i]).isEqualTo(embedding[means + i]);
        }
    }
}
