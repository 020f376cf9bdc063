package io.github.sparklatent.vae.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.cluster.ClusteredParameters.LatentTransform;
import io.github.sparklatent.vae.cluster.CodeCollection.CodeEncoder;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PriorCovariance;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;

class ClusterInitializationTest {
    private static final int WIDTH = 6;
    private static final int LATENT = 3;

    /** Codes of float networks with weights near 1. */
    private static final float FLOAT_ROUNDING = 2e-5f;

    private static final Architecture ARCHITECTURE =
            Samples.architecture(LATENT, 5, new Bernoulli(WIDTH)).withComponents(2);

    private static final float[] AUTOENCODER = Samples.parameters(ARCHITECTURE, Kind.AUTOENCODER, 0.3);

    private static final FMatrixRMaj ROWS = Samples.rows(90, WIDTH, 5);

    /** Any two components whose covariances are far from diagonal. */
    private static MixtureParameters mixture() {
        DMatrixRMaj first = new DMatrixRMaj(new double[][] {{2, 1, 0.5}, {1, 3, 0}, {0.5, 0, 1}});
        DMatrixRMaj second = new DMatrixRMaj(new double[][] {{1, -0.3, 0}, {-0.3, 1, 0}, {0, 0, 4}});
        return MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {0.3, 0.7},
                new DMatrixRMaj(new double[][] {{1, 2, 3}, {-1, 0, 2}}),
                List.of(first, second));
    }

    private static ClusterInitialization embedding(ClusteringRecipe recipe, float[] before, Shards train) {
        return ClusterInitialization.of(Kind.EMBEDDING, ARCHITECTURE, recipe, before, train, step -> {});
    }

    @Test
    void whiteningMakesThePooledCovarianceTheIdentity() {
        LatentTransform basis = LatentTransform.whitening(mixture());
        DMatrixRMaj a = basis.basis();
        DMatrixRMaj within = new DMatrixRMaj(LATENT, LATENT);
        CommonOps_DDRM.add(0.3, mixture().covariance(0), 0.7, mixture().covariance(1), within);
        DMatrixRMaj white = CommonOps_DDRM.multTransA(a, CommonOps_DDRM.mult(within, a, null), null);
        assertThat(MatrixFeatures_DDRM.isIdentity(white, 1e-12)).isTrue();
        DMatrixRMaj difference = new DMatrixRMaj(new double[][] {{2, 2, 1}});
        DMatrixRMaj apart = CommonOps_DDRM.mult(difference, a, null);
        // Of two means one coordinate has all that is between them.
        double[] parts = Arrays.stream(apart.data).map(Math::abs).sorted().toArray();
        assertThat(parts[1]).isLessThan(1e-12);
        assertThat(parts[2]).isGreaterThan(1);
        assertThat(MatrixFeatures_DDRM.isIdentity(CommonOps_DDRM.mult(a, basis.inverse(), null), 1e-12))
                .isTrue();
    }

    /** The networks as a function are what they were: codes move, reconstructions do not. */
    @Test
    void foldingLeavesTheReconstructionAsItWas() {
        LatentTransform basis = LatentTransform.whitening(mixture());
        float[] embedding = new ClusteredParameters(ARCHITECTURE, basis).fold(AUTOENCODER, mixture(), 1);
        FMatrixRMaj before = new FMatrixRMaj(0, 0);
        FMatrixRMaj after = new FMatrixRMaj(0, 0);
        FMatrixRMaj codes = new FMatrixRMaj(0, 0);
        FMatrixRMaj moved = new FMatrixRMaj(0, 0);
        NetworkScorer old = new TrainedNetwork(Kind.AUTOENCODER, ARCHITECTURE, AUTOENCODER)
                .scorer(ROWS.numRows, ScoringOptions.DEFAULT);
        NetworkScorer folded = new TrainedNetwork(Kind.EMBEDDING, ARCHITECTURE, embedding)
                .scorer(ROWS.numRows, ScoringOptions.DEFAULT);
        old.reconstruct(ROWS, before);
        folded.reconstruct(ROWS, after);
        assertThat(after.data).containsExactly(before.data, within(FLOAT_ROUNDING));
        old.encode(ROWS, codes);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        folded.encode(ROWS, moved, variance);
        for (int i = 0; i < ROWS.numRows; i++) {
            for (int j = 0; j < LATENT; j++) {
                double expected = 0;
                for (int m = 0; m < LATENT; m++) {
                    expected += (codes.get(i, m) - basis.centre().get(0, m))
                            * basis.basis().get(m, j);
                }
                assertThat((double) moved.get(i, j)).isCloseTo(expected, within(1e-4));
                assertThat((double) variance.get(i, j)).isCloseTo(StrictMath.exp(-2), within(0.01));
            }
        }
    }

    /** A component's mean and variances are those of its rows in the new coordinates. */
    @Test
    void thePriorIsTheMixtureInTheNewCoordinates() {
        LatentTransform basis = LatentTransform.whitening(mixture());
        float[] embedding = new ClusteredParameters(ARCHITECTURE, basis).fold(AUTOENCODER, mixture(), 1);
        int at = ARCHITECTURE.networks(Kind.EMBEDDING).priorOffset();
        assertThat((double) embedding[at]).isCloseTo(StrictMath.log(0.3), within(1e-6));
        double pooled = 0;
        for (int j = 0; j < LATENT; j++) {
            double first = StrictMath.exp(embedding[at + 2 + 2 * LATENT + j]);
            double second = StrictMath.exp(embedding[at + 2 + 3 * LATENT + j]);
            assertThat(0.3 * first + 0.7 * second).isCloseTo(1, within(1e-6));
            pooled += 0.3 * embedding[at + 2 + j] + 0.7 * embedding[at + 2 + LATENT + j];
        }
        assertThat(pooled).isCloseTo(0, within(1e-5)); // the centre is the mean of all codes
    }

    /** The common variance is the mean of the components' variances, which whitening makes 1. */
    @Test
    void aTiedPriorStartsFromThePooledVariances() {
        Architecture tied = ARCHITECTURE.withPriorCovariance(PriorCovariance.TIED);
        LatentTransform basis = LatentTransform.whitening(mixture());
        float[] embedding = new ClusteredParameters(tied, basis).fold(AUTOENCODER, mixture(), 1);
        float[] own = new ClusteredParameters(ARCHITECTURE, basis).fold(AUTOENCODER, mixture(), 1);
        int from = ARCHITECTURE.networks(Kind.EMBEDDING).priorOffset() + 2 + 2 * LATENT;
        assertThat(Arrays.copyOf(embedding, from)).isEqualTo(Arrays.copyOf(own, from));
        for (int j = from; j < from + LATENT; j++) {
            double pooled = 0.3 * StrictMath.exp(own[j]) + 0.7 * StrictMath.exp(own[j + LATENT]);
            assertThat((double) embedding[j]).isCloseTo(StrictMath.log(pooled), within(1e-6));
        }
    }

    @Test
    void codesThatAreAllTheSameHaveNoClusters() {
        float[] collapsed = new float[AUTOENCODER.length];
        Shards train = InMemoryShards.of(ROWS, 2);
        assertThatThrownBy(() -> embedding(ClusteringRecipe.DEFAULT, collapsed, train))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the codes of 90 rows are too few distinct ones for 2 clusters");
    }

    @Test
    void aClusterNeedsARow() {
        Shards train = InMemoryShards.of(new FMatrixRMaj(3, ROWS.numCols, true, ROWS.data), 1);
        Architecture four = ARCHITECTURE.withComponents(4);
        assertThatThrownBy(() -> ClusterInitialization.of(
                        Kind.EMBEDDING, four, ClusteringRecipe.DEFAULT, AUTOENCODER, train, step -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the codes of 3 rows are too few distinct ones for 4 clusters");
        assertThatThrownBy(() -> embedding(ClusteringRecipe.DEFAULT.withStartRows(1), AUTOENCODER, train))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("startRows is 1, expected at least 2, the number of clusters");
    }

    @Test
    void codesComeInTheOrderOfTheirPartitions() {
        Networks networks = ARCHITECTURE.networks(Kind.AUTOENCODER);
        CodeEncoder encoder = CodeEncoder.of(networks, AUTOENCODER);
        Shards shards = InMemoryShards.of(ROWS, 4);
        List<Block> all = CodeCollection.of(shards, encoder, 1000, 3);
        assertThat(all.stream().mapToInt(Block::size).sum()).isEqualTo(ROWS.numRows);
        List<Block> some = CodeCollection.of(shards, encoder, 40, 3);
        assertThat(some.stream().mapToInt(Block::size).sum()).isEqualTo(40);
        assertThat(some.get(0).rows().data)
                .isEqualTo(CodeCollection.of(shards, encoder, 40, 3).get(0).rows().data)
                .isNotEqualTo(CodeCollection.of(shards, encoder, 40, 4).get(0).rows().data);
        FMatrixRMaj codes = new FMatrixRMaj(0, 0);
        new TrainedNetwork(Kind.AUTOENCODER, ARCHITECTURE, AUTOENCODER)
                .scorer(ROWS.numRows, ScoringOptions.DEFAULT)
                .encode(ROWS, codes);
        assertThat(sorted(all.get(0).rows().data, codes.numRows))
                .containsExactly(sorted(doubles(codes.data), codes.numRows), within(1e-6));
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The first coordinates, in order: what does not depend on the order of rows. */
    private static double[] sorted(double[] codes, int rows) {
        double[] first = new double[rows];
        for (int i = 0; i < rows; i++) {
            first[i] = codes[i * LATENT];
        }
        Arrays.sort(first);
        return first;
    }

    /** Sums over encoded rows are those of a table of codes, however they are cut. */
    @Test
    void allRowsAreTraversedAsATableOfCodes() {
        CodeEncoder encoder = CodeEncoder.of(ARCHITECTURE.networks(Kind.AUTOENCODER), AUTOENCODER);
        Shards one = InMemoryShards.of(ROWS, 1);
        Shards five = InMemoryShards.of(ROWS, 5);
        ClusteringRecipe recipe = ClusteringRecipe.DEFAULT.withRestarts(2).withStartRows(60);
        float[] found = embedding(recipe, AUTOENCODER, one).embedding();
        assertThat(embedding(recipe, AUTOENCODER, one).embedding()).isEqualTo(found);
        RowBlocks table = new InMemoryRowBlocks(List.of(CodeCollection.of(one, encoder, 1000, 3)));
        RowBlocks encoded = five.computed(LATENT, encoder::encode).rows();
        assertThat(encoded.rows()).isEqualTo(ROWS.numRows);
        assertThat(MixtureEvaluation.of(MixedMixture.of(mixture()), encoded).meanLogLikelihood())
                .isCloseTo(
                        MixtureEvaluation.of(MixedMixture.of(mixture()), table).meanLogLikelihood(), within(1e-5));
        assertThat(encoded.smallest("", firstColumn(), 7))
                .extracting(row -> row.values()[0])
                .isEqualTo(one.computed(LATENT, encoder::encode).rows().smallest("", firstColumn(), 7).stream()
                        .map(row -> row.values()[0])
                        .toList())
                .isSorted();
    }

    private static RowScore firstColumn() {
        return partition -> (block, scores) -> {
            for (int i = 0; i < block.size(); i++) {
                scores[i] = block.rows().get(i, 0);
            }
        };
    }

    /** A component far from all codes loses its rows in the first round. */
    @Test
    void aClusterThatIsPutElsewhereIsReported() {
        CodeEncoder encoder = CodeEncoder.of(ARCHITECTURE.networks(Kind.AUTOENCODER), AUTOENCODER);
        RowBlocks codes =
                InMemoryShards.of(ROWS, 2).computed(LATENT, encoder::encode).rows();
        DMatrixRMaj unit = CommonOps_DDRM.identity(LATENT);
        MixtureParameters start = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{0, 0, 0}, {1000, 0, 0}}),
                List.of(unit, unit));
        assertThat(ClusterInitialization.clusters(codes, MixedMixture.of(start), 1e-4, step -> {})
                        .warnings())
                .contains("clusters of the codes, round 1: component 1 had no rows left and was"
                        + " re-initialised at the worst-explained row (re-initialisation 1)");
    }

    /** The targets are the responsibilities of the mixture at the codes of the rows. */
    @Test
    void targetsAreTheMixturesResponsibilities() {
        ClusterInitialization found =
                embedding(ClusteringRecipe.DEFAULT.withRestarts(1), AUTOENCODER, InMemoryShards.of(ROWS, 2));
        DMatrixRMaj shares = found.targets().worker(ROWS.numRows).responsibilities(ROWS);
        assertThat(shares.numRows).isEqualTo(2);
        double[] mean = new double[2];
        for (int i = 0; i < ROWS.numRows; i++) {
            assertThat(shares.get(0, i) + shares.get(1, i)).isCloseTo(1, within(1e-12));
            mean[0] += shares.get(0, i) / ROWS.numRows;
            mean[1] += shares.get(1, i) / ROWS.numRows;
        }
        int at = ARCHITECTURE.networks(Kind.EMBEDDING).priorOffset();
        // The components are the update by the target responsibilities.
        for (int k = 0; k < 2; k++) {
            assertThat((double) found.embedding()[at + k]).isCloseTo(StrictMath.log(mean[k]), within(1e-5));
        }
    }

    /** Twelve starts on a large table take long; the listener may end them. */
    @Test
    void eachStartIsReported() {
        ClusteringRecipe recipe = ClusteringRecipe.DEFAULT.withRestarts(3);
        InMemoryShards rows = InMemoryShards.of(ROWS, 2);
        List<String> steps = new ArrayList<>();
        ClusterInitialization.of(Kind.EMBEDDING, ARCHITECTURE, recipe, AUTOENCODER, rows, steps::add);
        assertThat(steps.stream().distinct().toList())
                .startsWith(
                        "codes of a sample of the rows",
                        "clusters of the codes, start 1 of 3",
                        "clusters of the codes, start 2 of 3",
                        "clusters of the codes, start 3 of 3",
                        "codes of all rows",
                        "clusters of all codes, round 0 of at most 20");
        steps.clear();
        assertThatThrownBy(() ->
                        ClusterInitialization.of(Kind.EMBEDDING, ARCHITECTURE, recipe, AUTOENCODER, rows, step -> {
                            steps.add(step);
                            if (step.contains("start 2")) {
                                throw new IllegalStateException("enough");
                            }
                        }))
                .hasMessage("enough");
        assertThat(steps).endsWith("clusters of the codes, start 2 of 3");
    }

    /** A serialised objective has the same gradient. */
    @Test
    void theObjectiveIsSerializedWithItsTargets() throws Exception {
        ClusterInitialization found =
                embedding(ClusteringRecipe.DEFAULT.withRestarts(1), AUTOENCODER, InMemoryShards.of(ROWS, 2));
        ClusteringObjective sent =
                new ClusteringObjective(Kind.EMBEDDING, ARCHITECTURE, ClusteringOptions.DEFAULT, found.targets());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        ClusteringObjective received;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            received = (ClusteringObjective) in.readObject();
        }
        assertThat(gradient(received, found.embedding())).isEqualTo(gradient(sent, found.embedding()));
    }

    private static float[] gradient(ClusteringObjective objective, float[] parameters) {
        float[] gradient = new float[parameters.length];
        objective
                .worker(ROWS.numRows)
                .gradient(
                        parameters,
                        ROWS,
                        Samples.ones(ROWS.numRows),
                        new StochasticObjective.Position(3, 0, 0),
                        gradient,
                        new double[3]);
        return gradient;
    }
}
