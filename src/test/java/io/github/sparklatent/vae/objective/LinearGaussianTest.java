package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Bounds and estimates against the exact log-likelihood of a model that has one. */
class LinearGaussianTest {
    private static final int ROWS = 8;
    private static final int SEEDS = 20;
    private static final int SAMPLES = 2000;
    private static final double SHIFT = 0.3;
    private static final double FACTOR = 1.6;

    private final FMatrixRMaj rows = LinearGaussian.rows(ROWS);

    /** p(x, z) / q(z|x) is p(x) for every z, up to the rounding of floats. */
    @Test
    void withTheExactPosteriorOneSampleIsEnough() {
        LinearGaussian model = new LinearGaussian(true);
        double[] found = new double[ROWS];
        model.network(0, 1).scorer(ROWS, ScoringOptions.DEFAULT).logLikelihood(rows, 1, found);
        for (int i = 0; i < ROWS; i++) {
            assertThat(found[i]).isCloseTo(model.logDensity(row(i)), within(1e-4));
        }
    }

    /** Within five standard errors, found from the spread over seeds; the bias is far smaller. */
    @Test
    void importanceSamplingFindsTheExactLikelihood() {
        LinearGaussian model = new LinearGaussian(false);
        TrainedNetwork network = model.network(SHIFT, FACTOR);
        double[][] found = new double[SEEDS][ROWS];
        for (int seed = 0; seed < SEEDS; seed++) {
            network.scorer(ROWS, ScoringOptions.DEFAULT.withSeed(seed))
                    .logLikelihood(rows, SAMPLES, found[seed]);
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
        NetworkScorer scorer =
                model.network(SHIFT, FACTOR).scorer(500, ScoringOptions.DEFAULT.withSamples(50));
        double[] found = new double[500];
        double[] exact = new double[500];
        for (int i = 0; i < 500; i++) {
            exact[i] = model.logDensity(row(many, i));
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
        return row(rows, i);
    }

    private static double[] row(FMatrixRMaj rows, int i) {
        double[] row = new double[rows.numCols];
        for (int j = 0; j < row.length; j++) {
            row[j] = rows.get(i, j);
        }
        return row;
    }
}
