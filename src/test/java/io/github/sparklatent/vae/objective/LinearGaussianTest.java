package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds and estimates against the exact log-likelihood of a model that has one. */
class LinearGaussianTest {
    private static final int ROWS = 8;
    private static final int SEEDS = 20;
    private static final int SAMPLES = 2000;
    private static final int STEPS = 3000;
    private static final double SHIFT = 0.3;
    private static final double FACTOR = 1.6;

    private final FMatrixRMaj rows = LinearGaussian.rows(ROWS);

    /** p(x, z) / q(z|x) is p(x) for every z, up to the rounding of floats; also if q has correlations. */
    @ParameterizedTest
    @EnumSource(PosteriorCovariance.class)
    void withTheExactPosteriorOneSampleIsEnough(PosteriorCovariance covariance) {
        boolean isDiagonal = covariance == PosteriorCovariance.DIAGONAL;
        LinearGaussian model = new LinearGaussian(isDiagonal);
        TrainedNetwork network = isDiagonal ? model.network(0, 1) : model.exact();
        double[] found = new double[ROWS];
        network.scorer(ROWS, ScoringOptions.DEFAULT).logLikelihood(rows, 1, found);
        for (int i = 0; i < ROWS; i++) {
            assertThat(found[i]).isCloseTo(model.logDensity(row(i)), within(1e-4));
        }
    }

    /** Each latent variable's variance is its diagonal entry of S. */
    @Test
    void variancesOfAFullPosterior() {
        LinearGaussian model = new LinearGaussian(false);
        DMatrixRMaj s = model.posteriorCovariance();
        assertThat(Math.abs(s.get(0, 1))).as("a correlation").isGreaterThan(0.01);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        model.exact().scorer(ROWS, ScoringOptions.DEFAULT).encode(rows, new FMatrixRMaj(0, 0), variance);
        for (int k = 0; k < LinearGaussian.LATENT; k++) {
            assertThat((double) variance.get(3, k)).isCloseTo(s.get(k, k), within(1e-6));
        }
    }

    /**
     * The encoder alone is trained, by gradient descent with a falling rate. A full posterior then reaches the
     * likelihood. A diagonal one falls short by the divergence of the best diagonal Gaussian, ½ (Σ_j log P_jj − log det
     * P) with the precision P.
     */
    @ParameterizedTest
    @EnumSource(PosteriorCovariance.class)
    void aTrainedEncoderReachesTheBestPosterior(PosteriorCovariance covariance) {
        LinearGaussian model = new LinearGaussian(false);
        Architecture architecture = LinearGaussian.architecture(covariance);
        float[] parameters = architecture.initialize(Kind.VARIATIONAL, 1);
        int encoder = architecture.networks(Kind.VARIATIONAL).decoderOffset();
        float[] exact = model.exact().parameters();
        int decoder = parameters.length - encoder;
        System.arraycopy(exact, exact.length - decoder, parameters, encoder, decoder);
        StochasticObjective.Worker worker =
                new VariationalObjective(architecture, VariationalOptions.DEFAULT.withSamples(20)).worker(ROWS);
        float[] gradient = new float[parameters.length];
        for (int step = 0; step < STEPS; step++) {
            var position = new StochasticObjective.Position(step, 0, 0);
            worker.gradient(parameters, rows, Samples.ones(ROWS), position, gradient, new double[3]);
            for (int i = 0; i < encoder; i++) {
                parameters[i] -= (float) (0.1 * (1 - (double) step / STEPS) * gradient[i]);
            }
        }
        double[] anomaly = new double[ROWS];
        new TrainedNetwork(Kind.VARIATIONAL, architecture, parameters)
                .scorer(ROWS, ScoringOptions.DEFAULT.withSamples(20_000))
                .anomaly(rows, anomaly);
        DMatrixRMaj precision = model.posteriorPrecision();
        double best = -Math.log(CommonOps_DDRM.det(precision));
        for (int k = 0; k < LinearGaussian.LATENT; k++) {
            best += Math.log(precision.get(k, k));
        }
        double gap = 0;
        for (int i = 0; i < ROWS; i++) {
            gap += (model.logDensity(row(i)) + anomaly[i]) / ROWS;
        }
        double expected = covariance == PosteriorCovariance.FULL ? 0 : best / 2;
        assertThat(best / 2).as("of a diagonal posterior").isGreaterThan(0.05);
        // The standard error of 160,000 draws, whose deviation is below 2, is 0.005.
        assertThat(gap).isCloseTo(expected, within(0.025));
    }

    /** Within five standard errors, found from the spread over seeds; the bias is far smaller. */
    @Test
    void importanceSamplingFindsTheExactLikelihood() {
        LinearGaussian model = new LinearGaussian(false);
        TrainedNetwork network = model.network(SHIFT, FACTOR);
        double[][] found = new double[SEEDS][ROWS];
        for (int seed = 0; seed < SEEDS; seed++) {
            network.scorer(ROWS, ScoringOptions.DEFAULT.withSeed(seed)).logLikelihood(rows, SAMPLES, found[seed]);
        }
        for (int i = 0; i < ROWS; i++) {
            assertMean(found, i, model.logDensity(row(i)));
        }
    }

    /** ELBO = log p(x) − KL(q(z|x) || p(z|x)), the second of two Gaussians. */
    @Test
    void boundFallsShortByTheDivergenceFromThePosterior() {
        LinearGaussian model = new LinearGaussian(false);
        TrainedNetwork network = model.network(SHIFT, FACTOR);
        double[][] found = new double[SEEDS][ROWS];
        double[] divergence = new double[ROWS];
        for (int seed = 0; seed < SEEDS; seed++) {
            network.scorer(ROWS, ScoringOptions.DEFAULT.withSeed(seed).withSamples(SAMPLES))
                    .measure(rows, found[seed], divergence);
            for (int i = 0; i < ROWS; i++) {
                found[seed][i] = -found[seed][i] - divergence[i];
            }
        }
        double gap = gap(model);
        assertThat(gap).isGreaterThan(0.1);
        for (int i = 0; i < ROWS; i++) {
            assertMean(found, i, model.logDensity(row(i)) - gap);
        }
    }

    /** KL(N(m + shift, D) || N(m, S)), the same for all rows. */
    private static double gap(LinearGaussian model) {
        DMatrixRMaj s = model.posteriorCovariance();
        DMatrixRMaj precision = model.posteriorPrecision();
        double sum = Math.log(CommonOps_DDRM.det(s)) - LinearGaussian.LATENT;
        for (int j = 0; j < LinearGaussian.LATENT; j++) {
            double variance = FACTOR * s.get(j, j);
            sum += precision.get(j, j) * variance - Math.log(variance);
        }
        sum += SHIFT * SHIFT * CommonOps_DDRM.elementSum(precision);
        return sum / 2;
    }

    @Test
    void importanceSamplingRisesFromTheBoundToTheLikelihood() {
        LinearGaussian model = new LinearGaussian(false);
        FMatrixRMaj many = LinearGaussian.rows(500);
        NetworkScorer scorer = model.network(SHIFT, FACTOR).scorer(500, ScoringOptions.DEFAULT.withSamples(50));
        double[] found = new double[500];
        double[] exact = new double[500];
        for (int i = 0; i < 500; i++) {
            exact[i] = model.logDensity(Samples.row(many, i));
        }
        scorer.anomaly(many, found);
        double last = -mean(found);
        for (int samples : new int[] {2, 5, 25, 125}) {
            scorer.logLikelihood(many, samples, found);
            assertThat(mean(found)).as("%d samples", samples).isGreaterThan(last);
            last = mean(found);
        }
        assertThat(last).isCloseTo(mean(exact), within(0.02));
    }

    /**
     * An encoder that is far off: importance samples from it are far below the likelihood, those from a Gaussian fitted
     * to chains are not. With a posterior that is Gaussian, log weights vary because the proposal is 1.5 times as wide
     * and is estimated: by less than 1, so the standard error of 500 draws is below 0.05, and the bias is half of its
     * square.
     */
    @Test
    void chainsFindThePosteriorThatTheEncoderMisses() {
        LinearGaussian model = new LinearGaussian(false);
        TrainedNetwork network = model.network(3, 0.01);
        double[] byEncoder = new double[ROWS];
        network.scorer(ROWS, ScoringOptions.DEFAULT).logLikelihood(rows, 500, byEncoder);
        float[] parameters = Arrays.copyOf(network.parameters(), network.parameters().length + 1);
        TrainedNetwork chains = new TrainedNetwork(Kind.DEEP_LATENT_GAUSSIAN, network.architecture(), parameters);
        double[] byChains = new double[ROWS];
        chains.scorer(ROWS, ScoringOptions.DEFAULT).logLikelihood(rows, 500, byChains);
        for (int i = 0; i < ROWS; i++) {
            assertThat(byEncoder[i]).isLessThan(model.logDensity(row(i)) - 1);
            assertThat(byChains[i]).isCloseTo(model.logDensity(row(i)), within(0.2));
        }
        double[] alone = new double[1];
        chains.scorer(1, ScoringOptions.DEFAULT).logLikelihood(Samples.select(rows, 5), 500, alone);
        assertThat(alone[0]).as("without the other rows").isCloseTo(byChains[5], within(1e-9));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void assertMean(double[][] found, int row, double expected) {
        double mean = 0;
        for (double[] each : found) {
            mean += each[row] / SEEDS;
        }
        double variance = 0;
        for (double[] each : found) {
            variance += Math.pow(each[row] - mean, 2) / (SEEDS - 1);
        }
        double error = Math.sqrt(variance / SEEDS);
        assertThat(mean).isCloseTo(expected, within(5 * error));
        assertThat(error).as("small enough to say something").isLessThan(0.02);
    }

    private double[] row(int i) {
        return Samples.row(rows, i);
    }
}
