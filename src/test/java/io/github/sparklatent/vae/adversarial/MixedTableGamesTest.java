package io.github.sparklatent.vae.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.stage.VaeStage;
import io.github.sparklatent.vae.stage.VaeStages;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Games on a table with numbers, a category, a binary column and a count. */
class MixedTableGamesTest {
    private static final int ROWS = 1000;
    private static final int DRAWN = 2000;
    private static final double[] SHARES = {0.6, 0.3, 0.1};

    private static final Likelihood LIKELIHOOD = new Composite(List.of(
            Composite.Group.from(0, Gaussian.fixed(1, 1)),
            Composite.Group.from(1, new Categorical(3, false)),
            Composite.Group.from(4, new Bernoulli(1, true)),
            Composite.Group.from(5, new Poisson(1))));

    private static final Architecture ARCHITECTURE = architecture(4, 32, LIKELIHOOD);

    private static Architecture architecture(int latent, int width, Likelihood likelihood) {
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(width));
        return Samples.architecture(latent, hidden, Activation.LEAKY_RELU, likelihood)
                .withAuxiliary(hidden);
    }

    /** The number, the binary column and the count depend on the category. */
    private static FMatrixRMaj rows() {
        RandomGenerator random = RandomStreams.of(5, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(ROWS, LIKELIHOOD.width());
        for (int i = 0; i < ROWS; i++) {
            double u = random.nextDouble();
            int category = u < SHARES[0] ? 0 : u < SHARES[0] + SHARES[1] ? 1 : 2;
            rows.set(i, 0, (float) (category - 1 + 0.3 * random.nextGaussian()));
            rows.set(i, 1 + category, 1);
            rows.set(i, 4, random.nextDouble() < (category == 2 ? 0.9 : 0.1) ? 1 : 0);
            for (int trial = 0; trial < 10; trial++) {
                rows.add(i, 5, random.nextDouble() < 0.2 + 0.3 * category ? 1 : 0);
            }
        }
        return rows;
    }

    private static AveragingOptions options(double epochs) {
        Optimizer adam = Optimizer.of(Optimizer.Type.ADAM).withBetas(0.5, 0.999).withLearningRate(1e-3);
        return AveragingOptions.DEFAULT
                .withMaxEpochs(epochs)
                .withBatchSize(25)
                .withOptimizers(List.of(adam))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
    }

    /** Trains a network and draws rows from it. */
    private static double[][] drawn(Kind kind, Architecture architecture, List<Stage> stages) {
        return drawn(kind, architecture, stages, rows());
    }

    private static double[][] drawn(Kind kind, Architecture architecture, List<Stage> stages, FMatrixRMaj rows) {
        float[] parameters = Averaging.run(stages, InMemoryShards.of(rows, 2), null, architecture.initialize(kind, 1))
                .parameters();
        NetworkSampler sampler = new TrainedNetwork(kind, architecture, parameters).sampler(3);
        double[][] drawn = new double[DRAWN][rows.numCols];
        for (int i = 0; i < DRAWN; i++) {
            sampler.sample(i, drawn[i]);
        }
        return drawn;
    }

    /** Requires rows of the table: one category, in the table's shares, a whole count, and 0 or 1. */
    private static void requireValid(double[][] drawn) {
        for (double[] row : drawn) {
            assertThat(LIKELIHOOD.flaw(row, j -> j))
                    .as("%s", Arrays.toString(row))
                    .isNull();
            assertThat(row[4]).isIn(0.0, 1.0);
            assertThat(row[0]).isFinite();
        }
        for (int k = 0; k < SHARES.length; k++) {
            assertThat(mean(drawn, 1 + k)).isCloseTo(SHARES[k], within(0.15));
        }
    }

    private static double mean(double[][] drawn, int column) {
        return Arrays.stream(drawn).mapToDouble(row -> row[column]).average().orElseThrow();
    }

    /** A GAN or a VAE-GAN. */
    private static Stage game(Kind kind, Architecture architecture, double epochs) {
        StochasticObjective objective = kind == Kind.ADVERSARIAL
                ? architecture.networks(Kind.ADVERSARIAL).game(AdversarialOptions.DEFAULT)
                : new VariationalAdversarialObjective(architecture, VariationalAdversarialOptions.DEFAULT);
        return Stage.of("game", objective, options(epochs));
    }

    @ParameterizedTest
    @EnumSource(names = {"ADVERSARIAL", "VARIATIONAL_ADVERSARIAL"})
    void gamesGenerateValidRowsWithTheTablesShares(Kind kind) {
        requireValid(drawn(kind, ARCHITECTURE, List.of(game(kind, ARCHITECTURE, 60))));
    }

    /** Each family of columns has one column; the rows have no structure. */
    @ParameterizedTest
    @EnumSource(names = {"ADVERSARIAL", "VARIATIONAL_ADVERSARIAL"})
    void rowsOfEveryFamilyOfColumnsAreValid(Kind kind) {
        Likelihood likelihood = new Composite(Arrays.stream(ColumnFamily.values())
                .map(family -> Composite.Group.from(family.ordinal(), new IndependentColumns(family, 1)))
                .toList());
        Architecture architecture = architecture(2, 8, likelihood);
        FMatrixRMaj rows = new FMatrixRMaj(200, likelihood.width());
        for (int at = 0; at < rows.getNumElements(); at++) {
            rows.data[at] = 1 + at % 7;
        }
        for (double[] row : drawn(kind, architecture, List.of(game(kind, architecture, 5)), rows)) {
            assertThat(likelihood.flaw(row, j -> j))
                    .as("%s", Arrays.toString(row))
                    .isNull();
        }
    }

    @Test
    void aMixtureOfGaussiansVaeWithADiscriminatorGeneratesValidRows() {
        Architecture architecture = ARCHITECTURE.withComponents(3);
        VaeStages stages = new VaeStages(Kind.MIXTURE, architecture, ClusteringRecipe.DEFAULT);
        double[][] drawn = drawn(
                Kind.MIXTURE,
                architecture,
                List.of(
                        stages.stage(VaeStage.ENCODER, options(10)),
                        stages.stage(VaeStage.DECODER, options(20), 0.5, AdversarialTarget.DEFAULT),
                        stages.stage(VaeStage.JOINT, options(20))));
        requireValid(drawn);
    }
}
