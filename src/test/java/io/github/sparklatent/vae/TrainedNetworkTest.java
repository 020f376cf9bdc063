package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.LinearGaussian;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedNetworkTest {
    private static final int ROWS = 7;
    private static final int WIDTH = 5;
    private static final int LATENT = 2;
    private static final Architecture SMALL = Samples.architecture(LATENT, 4, new Bernoulli(WIDTH));
    private static final TrainedNetwork VARIATIONAL = network(Kind.VARIATIONAL);
    private static final TrainedNetwork PLAIN = network(Kind.AUTOENCODER);
    private static final FMatrixRMaj TABLE = Samples.rows(ROWS, WIDTH, 9);

    private static TrainedNetwork network(Kind kind) {
        return new TrainedNetwork(kind, SMALL, Samples.parameters(SMALL, kind, 0.5));
    }

    private static NetworkScorer scorer(TrainedNetwork network) {
        return network.scorer(ROWS, ScoringOptions.DEFAULT);
    }

    /** E[x | z] of the code, for both kinds, by the decoder alone. */
    @Test
    void reconstructionIsTheDecodedCode() {
        for (TrainedNetwork network : new TrainedNetwork[] {VARIATIONAL, PLAIN}) {
            NetworkScorer scorer = scorer(network);
            FMatrixRMaj code = new FMatrixRMaj(0, 0);
            FMatrixRMaj decoded = new FMatrixRMaj(0, 0);
            FMatrixRMaj restored = new FMatrixRMaj(0, 0);
            scorer.encode(TABLE, code);
            scorer.decode(code, decoded);
            scorer.reconstruct(TABLE, restored);
            assertThat(code.numCols).isEqualTo(LATENT);
            assertThat(Arrays.copyOf(restored.data, ROWS * WIDTH)).isEqualTo(Arrays.copyOf(decoded.data, ROWS * WIDTH));
            double[] error = new double[ROWS];
            scorer.reconstructionError(TABLE, error);
            for (int i = 0; i < ROWS; i++) {
                double sum = 0;
                for (int j = 0; j < WIDTH; j++) {
                    sum += Math.pow(TABLE.get(i, j) - restored.get(i, j), 2);
                }
                assertThat(error[i]).isCloseTo(sum / WIDTH, within(1e-12));
            }
        }
    }

    @Test
    void autoencoderIsMeasuredByItsLoss() {
        double[] loss = new double[1];
        new AutoencoderObjective(SMALL, AutoencoderOptions.DEFAULT)
                .worker(ROWS)
                .evaluate(PLAIN.parameters(), TABLE, Samples.ones(ROWS), loss);
        double[] anomaly = new double[ROWS];
        scorer(PLAIN).anomaly(TABLE, anomaly);
        assertThat(Arrays.stream(anomaly).sum()).isCloseTo(loss[0], within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anomalyIsMinusTheBound(boolean binarize) {
        double[] anomaly = new double[ROWS];
        double[] reconstruction = new double[ROWS];
        double[] divergence = new double[ROWS];
        NetworkScorer scorer = VARIATIONAL.scorer(
                ROWS, ScoringOptions.DEFAULT.withSamples(5).withSeed(0).withBinarize(binarize));
        scorer.anomaly(TABLE, anomaly);
        scorer.measure(TABLE, reconstruction, divergence);
        double[] sums = new double[3];
        new VariationalObjective(
                        SMALL, VariationalOptions.DEFAULT.withSamples(5).withBinarize(binarize))
                .worker(ROWS)
                .evaluate(VARIATIONAL.parameters(), TABLE, Samples.ones(ROWS), sums);
        for (int i = 0; i < ROWS; i++) {
            assertThat(anomaly[i]).isEqualTo(reconstruction[i] + divergence[i]);
        }
        assertThat(Arrays.stream(anomaly).sum()).isCloseTo(sums[0], within(1e-10));
    }

    /** Row by row, in threes and turned around: the same bits. */
    @Test
    void figuresDoNotDependOnHowRowsAreCut() {
        ScoringOptions options = ScoringOptions.DEFAULT.withSamples(3).withBinarize(true);
        double[] whole = new double[ROWS];
        double[] likelihood = new double[ROWS];
        NetworkScorer together = VARIATIONAL.scorer(ROWS, options);
        together.anomaly(TABLE, whole);
        together.logLikelihood(TABLE, 300, likelihood);
        NetworkScorer few = VARIATIONAL.scorer(3, options);
        double[] found = new double[3];
        for (int[] places : new int[][] {{6, 1, 4}, {0}, {5, 2}, {3}}) {
            FMatrixRMaj piece = Samples.select(TABLE, places);
            few.logLikelihood(piece, 300, found);
            for (int i = 0; i < places.length; i++) {
                assertThat(found[i]).isEqualTo(likelihood[places[i]]);
            }
            few.anomaly(piece, found);
            for (int i = 0; i < places.length; i++) {
                assertThat(found[i]).isEqualTo(whole[places[i]]);
            }
        }
    }

    /** More samples than go through the decoder together, in one batch size and another. */
    @Test
    void thousandsOfSamplesGoInPieces() {
        double[] small = new double[ROWS];
        double[] large = new double[ROWS];
        scorer(VARIATIONAL).logLikelihood(TABLE, 5000, small);
        VARIATIONAL.scorer(1500, ScoringOptions.DEFAULT).logLikelihood(TABLE, 5000, large);
        assertThat(small).isEqualTo(large);
    }

    /** Draws of a row follow from its index; their mean is that of the means, E[x] = E[E[x|z]]. */
    @Test
    void sampledRowsAreFunctionsOfTheirIndex() {
        int draws = 20_000;
        double[] row = new double[WIDTH];
        double[] mean = new double[WIDTH];
        double[] difference = new double[WIDTH];
        double[] variance = new double[WIDTH];
        NetworkSampler sampler = VARIATIONAL.sampler(3);
        for (long index = 0; index < draws; index++) {
            sampler.sample(index, row);
            sampler.mean(index, mean);
            for (int j = 0; j < WIDTH; j++) {
                assertThat(row[j]).isIn(0.0, 1.0);
                difference[j] += row[j] - mean[j];
                variance[j] += mean[j] * (1 - mean[j]);
            }
        }
        for (int j = 0; j < WIDTH; j++) { // five standard errors of a sum of Bernoulli draws
            assertThat(difference[j]).isCloseTo(0, within(5 * Math.sqrt(variance[j])));
        }
        sampler.mean(17, mean);
        double[] again = new double[WIDTH];
        VARIATIONAL.sampler(3).mean(17, again);
        assertThat(again).isEqualTo(mean);
        VARIATIONAL.sampler(4).mean(17, again);
        assertThat(again).isNotEqualTo(mean);
    }

    /** Of a linear decoder E[x] = b and Cov(x) = Wᵀ W + v I; five standard errors of the mean. */
    @Test
    void sampledRowsHaveTheModelsMoments() {
        TrainedNetwork network = new LinearGaussian(false).network(0, 1);
        float[] parameters = network.parameters();
        int width = LinearGaussian.WIDTH;
        int draws = 20_000;
        double[] sum = new double[width];
        double[] squares = new double[width];
        double[] row = new double[width];
        NetworkSampler sampler = network.sampler(1);
        for (long index = 0; index < draws; index++) {
            sampler.sample(index, row);
            for (int j = 0; j < width; j++) {
                double off = row[j] - parameters[parameters.length - width + j];
                sum[j] += off;
                squares[j] += off * off;
            }
        }
        int weights = parameters.length - width - LinearGaussian.LATENT * width;
        for (int j = 0; j < width; j++) {
            double variance = LinearGaussian.VARIANCE;
            for (int k = 0; k < LinearGaussian.LATENT; k++) {
                variance += Math.pow(parameters[weights + k * width + j], 2);
            }
            assertThat(sum[j]).isCloseTo(0, within(5 * Math.sqrt(variance * draws)));
            assertThat(squares[j] / draws).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / draws)));
        }
    }

    @Test
    void squaredErrorIsTheFixedGaussian() {
        Architecture gaussian = Samples.architecture(LATENT, 4, Gaussian.fixed(WIDTH, 0.5));
        TrainedNetwork network =
                new TrainedNetwork(Kind.AUTOENCODER, gaussian, Samples.parameters(gaussian, Kind.AUTOENCODER, 0.5));
        double[] loss = new double[ROWS];
        double[] error = new double[ROWS];
        scorer(network).anomaly(TABLE, loss);
        scorer(network).reconstructionError(TABLE, error);
        for (int i = 0; i < ROWS; i++) { // −log N(x; m, ½ I) = |x − m|² + d/2 log π
            double expected = WIDTH * (error[i] + 0.5 * Math.log(Math.PI));
            assertThat(loss[i]).isCloseTo(expected, within(1e-5));
        }
    }

    /** An encoder without parameters after the first call would give other codes, if a batch were encoded again. */
    @ParameterizedTest
    @EnumSource(names = {"VARIATIONAL", "MIXTURE", "AUTOENCODER"})
    void aBatchIsEncodedOnce(Kind kind) {
        Architecture architecture = kind.hasComponents() ? SMALL.withComponents(3) : SMALL;
        float[] parameters = Samples.parameters(architecture, kind, 0.3);
        TrainedNetwork network = new TrainedNetwork(kind, architecture, parameters.clone());
        NetworkScorer scorer = new NetworkScorer(network, parameters, ScoringOptions.DEFAULT, ROWS);
        double[] expected = new double[ROWS];
        scorer(network).anomaly(TABLE, expected);
        FMatrixRMaj codes = new FMatrixRMaj(0, 0);
        scorer.encode(TABLE, codes);
        Arrays.fill(parameters, 0, architecture.networks(kind).decoderOffset(), 0f);
        double[] found = new double[ROWS];
        scorer.anomaly(TABLE, found);
        assertThat(found).isEqualTo(expected);
        scorer.anomaly(Samples.rows(ROWS, WIDTH, 10), found);
        scorer.anomaly(TABLE, found);
        assertThat(found).isNotEqualTo(expected);
    }
}
