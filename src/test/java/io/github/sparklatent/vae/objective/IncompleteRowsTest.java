package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearPosterior;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of rows with missing values against models and networks of which the results are known. */
class IncompleteRowsTest {
    private static final int ROWS = 8;
    private static final int WIDTH = LinearGaussian.WIDTH;
    private static final int LATENT = LinearGaussian.LATENT;
    private static final int SEEDS = 20;
    private static final int SAMPLES = 2000;

    private static float[] noise(int length, double deviation) {
        RandomGenerator random = RandomStreams.of(5, Purpose.NOISE);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (deviation * random.nextGaussian());
        }
        return noise;
    }

    /** Row i misses column i mod 6; every second row also misses the column after the next. */
    private static FMatrixRMaj incomplete(FMatrixRMaj rows) {
        FMatrixRMaj incomplete = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            incomplete.set(i, i % rows.numCols, Float.NaN);
            if (i % 2 == 0) {
                incomplete.set(i, (i + 2) % rows.numCols, Float.NaN);
            }
        }
        return incomplete;
    }

    /** The weights of a mask between the first weights of an encoder and its other parameters. */
    private static float[] withMask(float[] parameters, int firstWeights, float[] mask) {
        float[] masked = Arrays.copyOf(parameters, parameters.length + mask.length);
        System.arraycopy(mask, 0, masked, firstWeights, mask.length);
        System.arraycopy(
                parameters, firstWeights, masked, firstWeights + mask.length, parameters.length - firstWeights);
        return masked;
    }

    /** A linear decoder with an encoder that is not the posterior, whatever is missing. */
    private static TrainedNetwork linear() {
        float[] parameters = new LinearGaussian(false).network(0.3, 1.6).parameters();
        int weights = WIDTH * 2 * LATENT;
        return new TrainedNetwork(
                Kind.VARIATIONAL,
                LinearGaussian.architecture().withMask(true),
                withMask(parameters, weights, noise(weights, 0.1)));
    }

    /** The same decoder as a linear Gaussian model, which integrates the missing cells out. */
    private static LinearPosterior exact(FMatrixRMaj rows) {
        float[] parameters = linear().parameters();
        int decoder = parameters.length - (LATENT + 1) * WIDTH;
        DMatrixRMaj loadings = new DMatrixRMaj(WIDTH, LATENT);
        double[] mean = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            for (int k = 0; k < LATENT; k++) {
                loadings.set(j, k, parameters[decoder + k * WIDTH + j]);
            }
            mean[j] = parameters[decoder + LATENT * WIDTH + j];
        }
        LinearPosterior posterior = new LinearPosterior(
                new io.github.sparklatent.linear.LinearGaussian(mean, loadings, LinearGaussian.VARIANCE));
        DMatrixRMaj doubles = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < rows.getNumElements(); i++) {
            doubles.data[i] = rows.data[i];
        }
        posterior.evaluate(Block.of(doubles));
        return posterior;
    }

    /**
     * Within five standard errors, found from the spread over seeds. The bias of S draws is of the order of the
     * variance over S, so it is smaller than the standard error by √(S / SEEDS) = 10.
     */
    @Test
    void importanceSamplingFindsTheExactDensitiesAndConditionalMeans() {
        FMatrixRMaj rows = incomplete(LinearGaussian.rows(ROWS));
        LinearPosterior exact = exact(rows);
        DMatrixRMaj expected = new DMatrixRMaj(ROWS, WIDTH);
        exact.impute(expected);
        double[][] densities = new double[SEEDS][ROWS];
        FMatrixRMaj[] means = new FMatrixRMaj[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            ScoringOptions options = ScoringOptions.DEFAULT.withSeed(seed).withImportanceSamples(SAMPLES);
            NetworkScorer scorer = linear().scorer(ROWS, options);
            scorer.logLikelihood(rows, SAMPLES, densities[seed]);
            means[seed] = new FMatrixRMaj(0, 0);
            scorer.impute(rows, means[seed], new double[rows.numRows]);
        }
        int missing = 0;
        for (int i = 0; i < ROWS; i++) {
            int row = i;
            assertMean(column(seed -> densities[seed][row]), exact.logDensity(i));
            for (int j = 0; j < WIDTH; j++) {
                int column = j;
                if (Float.isNaN(rows.get(i, j))) {
                    missing++;
                    assertMean(column(seed -> means[seed].get(row, column)), expected.get(i, j));
                }
            }
        }
        assertThat(missing).isEqualTo(12);
    }

    private static double[] column(java.util.function.IntToDoubleFunction ofSeed) {
        double[] values = new double[SEEDS];
        Arrays.setAll(values, ofSeed);
        return values;
    }

    private static void assertMean(double[] found, double expected) {
        double mean = Arrays.stream(found).average().orElseThrow();
        double squares = Arrays.stream(found).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (SEEDS - 1) / SEEDS);
        assertThat(mean).isCloseTo(expected, within(5 * error));
        assertThat(error).isLessThan(0.05);
    }

    private static Architecture small(Likelihood likelihood) {
        return Samples.architecture(2, 4, likelihood).withComponents(2);
    }

    /** The mask of a complete row is 0, whatever its weights are. */
    @ParameterizedTest
    @EnumSource(names = {"VARIATIONAL", "MIXTURE"})
    void completeRowsHaveTheBoundThatTheyHaveWithoutAMask(Kind kind) {
        Architecture architecture = small(Gaussian.learnt(WIDTH));
        float[] plain = Samples.parameters(architecture, kind, 0.2);
        int weights = 4 * WIDTH;
        float[] masked = withMask(plain, weights, noise(weights, 1));
        FMatrixRMaj rows = LinearGaussian.rows(ROWS);
        double[] expected = new double[3];
        double[] found = new double[3];
        float[] gradient = gradient(objective(kind, architecture), plain, rows, expected);
        float[] other = gradient(objective(kind, architecture.withMask(true)), masked, rows, found);
        assertThat(found).isEqualTo(expected);
        assertThat(other).isEqualTo(withMask(gradient, weights, new float[weights]));
    }

    private static StochasticObjective objective(Kind kind, Architecture architecture) {
        VariationalOptions options = VariationalOptions.DEFAULT.withSamples(3);
        return kind == Kind.MIXTURE
                ? new VariationalObjective(Kind.MIXTURE, architecture, options, BoundStage.JOINT)
                : new VariationalObjective(architecture, options);
    }

    private static float[] gradient(
            StochasticObjective objective, float[] parameters, FMatrixRMaj rows, double[] sums) {
        float[] gradient = new float[parameters.length];
        objective
                .worker(ROWS)
                .gradient(
                        parameters,
                        rows,
                        Samples.ones(ROWS),
                        new StochasticObjective.Position(7, 1, 0),
                        gradient,
                        sums);
        return gradient;
    }

    /** A convolution of 3 channels and kernels of 9 numbers reads 2 channels and their 2 masks. */
    @Test
    void theMaskOfAnImageHasTheChannelsOfTheImage() {
        Architecture plain = new Architecture(
                32,
                new ImageShape(2, 4, 4),
                LATENT,
                List.of(new LayerSpec.Kernel(3, 3, 1)),
                List.of(),
                Activation.RELU,
                new Bernoulli(32),
                Initialization.HE_UNIFORM);
        Architecture masked = plain.withMask(true);
        assertThat(masked.parameterCount(Kind.VARIATIONAL))
                .isEqualTo(plain.parameterCount(Kind.VARIATIONAL) + 3 * 9 * 2);
        FMatrixRMaj rows = incomplete(Samples.rows(ROWS, 32, 1));
        double[] sums = new double[3];
        gradient(
                objective(Kind.VARIATIONAL, masked),
                masked.initialize(Kind.VARIATIONAL, 1, new double[32]),
                rows,
                sums);
        assertThat(sums[0] / ROWS).isBetween(0.0, 31 * Math.log(2) + 20);
    }

    /** A row alone has the scores that it has beside others, incomplete or not. */
    @ParameterizedTest
    @EnumSource(names = {"VARIATIONAL", "MIXTURE"})
    void scoresOfARowDoNotDependOnOthers(Kind kind) {
        Architecture architecture = small(Gaussian.learnt(WIDTH)).withMask(true);
        NetworkScorer scorer = new TrainedNetwork(kind, architecture, Samples.parameters(architecture, kind, 0.2))
                .scorer(ROWS, ScoringOptions.DEFAULT.withImportanceSamples(20));
        FMatrixRMaj rows = incomplete(LinearGaussian.rows(ROWS));
        double[] anomaly = new double[ROWS];
        double[] density = new double[ROWS];
        FMatrixRMaj means = new FMatrixRMaj(0, 0);
        scorer.anomaly(rows, anomaly);
        scorer.logLikelihood(rows, 20, density);
        scorer.impute(rows, means, new double[rows.numRows]);
        assertThat(Arrays.copyOf(means.data, means.getNumElements())).doesNotContain(Float.NaN);
        for (int i = 0; i < ROWS; i++) {
            FMatrixRMaj row = Samples.select(rows, i);
            double[] own = new double[1];
            scorer.anomaly(row, own);
            assertThat(own[0]).isEqualTo(anomaly[i]);
            scorer.logLikelihood(row, 20, own);
            assertThat(own[0]).isEqualTo(density[i]);
            FMatrixRMaj mean = new FMatrixRMaj(0, 0);
            own[0] = Double.NaN;
            scorer.impute(row, mean, own);
            assertThat(own[0]).as("the same samples").isEqualTo(density[i]);
            for (int j = 0; j < WIDTH; j++) {
                assertThat(mean.get(0, j)).isEqualTo(means.get(i, j));
            }
        }
    }
}
