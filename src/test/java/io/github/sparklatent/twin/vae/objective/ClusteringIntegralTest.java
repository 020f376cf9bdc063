package io.github.sparklatent.twin.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.Activation;
import io.github.sparklatent.twin.nn.Initialization;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.vae.NetworkScorer;
import io.github.sparklatent.twin.vae.ScoringOptions;
import io.github.sparklatent.twin.vae.TrainedNetwork;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the clustering models compute of codes, against sums over a grid of one and of two latent dimensions. The
 * trapezoidal rule is exact to rounding for what falls off as Gaussians do.
 */
class ClusteringIntegralTest {
    private static final int COMPONENTS = 3;
    private static final int WIDTH = 5;

    /** Deviations of q on each side, and points of the grid in one of them. */
    private static final int REACH = 10;

    private static final int DENSITY = 4;

    /** Draws of a row: the mean of numbers in [0, 1] is off by 0.5 / √L. */
    private static final int SAMPLES = 40_000;

    private static final double FIVE_DEVIATIONS = 5 * 0.5 / Math.sqrt(SAMPLES);

    private static Architecture architecture(int latent) {
        return new Architecture(
                        WIDTH,
                        null,
                        latent,
                        List.of(),
                        List.of(),
                        Activation.LINEAR,
                        Gaussian.fixed(WIDTH, 1),
                        Initialization.HE_UNIFORM)
                .withComponents(COMPONENTS);
    }

    private static DMatrixRMaj row() {
        return new DMatrixRMaj(new double[][] {{0.3, -0.8, 1.1, 0.2, -0.5}});
    }

    /** One model and one row, and the numbers its densities are made of. */
    private static final class Case {
        final Kind kind;
        final Architecture architecture;
        final double[] parameters;
        final Networks networks;
        final double[] mean;
        final double[] variance;

        Case(Kind kind, int latent) {
            this.kind = kind;
            this.architecture = architecture(latent);
            this.parameters = Small.parameters(architecture, kind);
            this.networks = architecture.networks(kind);
            int prior = networks.priorOffset() + (kind == Kind.EMBEDDING ? COMPONENTS : 0);
            for (int k = 0; k < COMPONENTS; k++) { // about a deviation apart, in all directions
                for (int j = 0; j < latent; j++) {
                    parameters[prior + k * latent + j] = 1.2 * ((k + j) % COMPONENTS - 1) + 0.1;
                }
            }
            for (int j = 0; j < latent; j++) { // q wider than the posterior: no sample weighs much
                parameters[(WIDTH * 2 + 1) * latent + j] = 1;
            }
            DMatrixRMaj heads =
                    networks.encoder().worker(1, 0, new DoubleProducts()).forward(parameters, row());
            mean = new double[latent];
            variance = new double[latent];
            for (int j = 0; j < latent; j++) {
                mean[j] = heads.data[j];
                variance[j] = StrictMath.exp(heads.data[latent + j]);
            }
        }

        NetworkScorer scorer() {
            return new TrainedNetwork(kind, architecture, parameters).scorer(1, ScoringOptions.DEFAULT);
        }

        int latent() {
            return mean.length;
        }

        double logPosterior(double[] z) {
            double sum = 0;
            for (int j = 0; j < z.length; j++) {
                sum += logNormal(z[j], mean[j], variance[j]);
            }
            return sum;
        }

        /** log p(y) p(z|y). */
        double logJoint(int component, double[] z) {
            int at = networks.priorOffset();
            int logits = kind == Kind.CLASSIFYING ? 0 : COMPONENTS;
            double sum = -StrictMath.log(COMPONENTS);
            if (logits > 0) {
                double total = 0;
                for (int k = 0; k < COMPONENTS; k++) {
                    total += StrictMath.exp(parameters[at + k]);
                }
                sum = parameters[at + component] - StrictMath.log(total);
            }
            for (int j = 0; j < z.length; j++) {
                int place = at + logits + component * z.length + j;
                double v = StrictMath.exp(parameters[place + COMPONENTS * z.length]);
                sum += logNormal(z[j], parameters[place], v);
            }
            return sum;
        }

        double logPrior(double[] z) {
            double sum = 0;
            for (int k = 0; k < COMPONENTS; k++) {
                sum += StrictMath.exp(logJoint(k, z));
            }
            return StrictMath.log(sum);
        }

        /** log p(x|z), the decoder being one linear layer with variance 1. */
        double logLikelihood(double[] z) {
            double sum = 0;
            int at = networks.decoderOffset();
            for (int d = 0; d < WIDTH; d++) {
                double output = parameters[at + z.length * WIDTH + d];
                for (int j = 0; j < z.length; j++) {
                    output += z[j] * parameters[at + j * WIDTH + d];
                }
                sum += logNormal(row().get(0, d), output, 1);
            }
            return sum;
        }

        /** ∫ f(z) dz over the box of so many deviations of q about its mean. */
        double integral(double reach, ToDoubleFunction<double[]> f) {
            int side = (int) (2 * reach * DENSITY) + 1;
            double volume = 1;
            for (double v : variance) {
                volume *= Math.sqrt(v) / DENSITY;
            }
            double sum = 0;
            double[] z = new double[latent()];
            int points = latent() == 1 ? side : side * side;
            for (int p = 0; p < points; p++) {
                for (int j = 0; j < z.length; j++) {
                    int step = j == 0 ? p % side : p / side;
                    z[j] = mean[j] + Math.sqrt(variance[j]) * ((double) step / DENSITY - reach);
                }
                sum += f.applyAsDouble(z);
            }
            return sum * volume;
        }

        double expectation(ToDoubleFunction<double[]> f) {
            return integral(REACH, z -> StrictMath.exp(logPosterior(z)) * f.applyAsDouble(z));
        }

        /** −log p(x); the posterior may be wider than q. */
        double loss() {
            return -StrictMath.log(integral(4 * REACH, z -> StrictMath.exp(logPrior(z) + logLikelihood(z))));
        }
    }

    private static double logNormal(double x, double mean, double variance) {
        double square = (x - mean) * (x - mean) / variance;
        return -0.5 * (StrictMath.log(2 * Math.PI * variance) + square);
    }

    private static double[] evaluate(Case c, StochasticObjective.Worker worker) {
        double[] sums = new double[3];
        worker.evaluate(c.parameters, row(), new double[] {1}, sums);
        return sums;
    }

    /** q(y|x) = E_q[p(y|z)]: the model's mean over samples is that integral, within its error. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void responsibilitiesOfAnEmbedding(int latent) {
        Case c = new Case(Kind.EMBEDDING, latent);
        ClusteringOptions options = ClusteringOptions.DEFAULT.withSamples(SAMPLES);
        StochasticObjective.Worker worker = new ClusteringObjective(Kind.EMBEDDING, c.architecture, options).worker(1);
        evaluate(c, worker);
        MixtureTerm found = Small.divergence(worker);
        for (int y = 0; y < COMPONENTS; y++) {
            int k = y;
            double exact = c.expectation(z -> StrictMath.exp(c.logJoint(k, z) - c.logPrior(z)));
            assertThat(exact).isBetween(0.02, 0.9);
            assertThat(found.own().get(y, 0)).isCloseTo(exact, within(FIVE_DEVIATIONS));
        }
    }

    /** KL(q(z|x) || p(z|y)) − log π_y = E_q[log q(z|x) − log π_y p(z|y)]. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void divergencesOfAnEmbedding(int latent) {
        Case c = new Case(Kind.EMBEDDING, latent);
        StochasticObjective.Worker worker =
                new ClusteringObjective(Kind.EMBEDDING, c.architecture, ClusteringOptions.DEFAULT).worker(1);
        evaluate(c, worker);
        MixtureTerm found = Small.divergence(worker);
        for (int y = 0; y < COMPONENTS; y++) {
            int k = y;
            DMatrixRMaj only = new DMatrixRMaj(COMPONENTS, 1);
            only.set(y, 0, 1);
            assertThat(found.divergence(0, only))
                    .isCloseTo(c.expectation(z -> c.logPosterior(z) - c.logJoint(k, z)), within(1e-9));
        }
    }

    /** −ELBO is above −log p(x), and is what the integrals say, within the samples' error. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void boundOfAnEmbedding(int latent) {
        Case c = new Case(Kind.EMBEDDING, latent);
        ClusteringOptions options = ClusteringOptions.DEFAULT.withSamples(SAMPLES);
        double[] sums = evaluate(c, new ClusteringObjective(Kind.EMBEDDING, c.architecture, options).worker(1));
        double divergence = c.expectation(c::logPosterior);
        for (int y = 0; y < COMPONENTS; y++) {
            int k = y;
            double share = c.expectation(z -> StrictMath.exp(c.logJoint(k, z) - c.logPrior(z)));
            divergence += share * (StrictMath.log(share) - c.expectation(z -> c.logJoint(k, z)));
        }
        double reconstruction = -c.expectation(c::logLikelihood);
        assertThat(sums[1]).isCloseTo(reconstruction, within(0.01 * reconstruction));
        assertThat(sums[2]).isCloseTo(divergence, within(0.05));
        assertThat(reconstruction + divergence).isGreaterThan(c.loss());
    }

    /** The same of the classifier form; q(y|z) is given by the classifier, linear here. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void boundOfAClassifier(int latent) {
        Case c = new Case(Kind.CLASSIFYING, latent);
        ClusteringOptions options = ClusteringOptions.DEFAULT.withSamples(SAMPLES);
        double[] sums = evaluate(c, new ClusteringObjective(Kind.CLASSIFYING, c.architecture, options).worker(1));
        double divergence = c.expectation(z -> c.logPosterior(z) + classCost(c, z));
        double reconstruction = -c.expectation(c::logLikelihood);
        assertThat(sums[1]).isCloseTo(reconstruction, within(0.01 * reconstruction));
        assertThat(sums[2]).isCloseTo(divergence, within(0.05));
        assertThat(reconstruction + divergence).isGreaterThan(c.loss());
    }

    /** Σ_y q(y|z) (log q(y|z) − log p(y) p(z|y)). */
    private static double classCost(Case c, double[] z) {
        int at = c.networks.auxiliaryOffset();
        double[] share = new double[COMPONENTS];
        double total = 0;
        for (int y = 0; y < COMPONENTS; y++) {
            double logit = c.parameters[at + z.length * COMPONENTS + y];
            for (int j = 0; j < z.length; j++) {
                logit += z[j] * c.parameters[at + j * COMPONENTS + y];
            }
            share[y] = StrictMath.exp(logit);
            total += share[y];
        }
        double sum = 0;
        for (int y = 0; y < COMPONENTS; y++) {
            double q = share[y] / total;
            sum += q * (StrictMath.log(q) - c.logJoint(y, z));
        }
        return sum;
    }

    /** What a trained network says of a row: importance samples find the row's density. */
    @ParameterizedTest
    @CsvSource({"EMBEDDING, 1", "EMBEDDING, 2", "CLASSIFYING, 1", "CLASSIFYING, 2"})
    void logLikelihoodOfARow(Kind kind, int latent) {
        Case c = new Case(kind, latent);
        double[] found = new double[1];
        c.scorer().logLikelihood(row(), SAMPLES, found);
        // As q is wider than the posterior, p(x, z) / q(z|x) varies by about its own mean.
        assertThat(found[0]).isCloseTo(-c.loss(), within(2 * FIVE_DEVIATIONS));
    }

    /** Responsibilities of a trained network are means over its draws, and these say how good. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void responsibilitiesOfARow(int latent) {
        Case c = new Case(Kind.EMBEDDING, latent);
        DMatrixRMaj found = new DMatrixRMaj(0, 0);
        c.scorer().responsibilities(row(), found);
        for (int y = 0; y < COMPONENTS; y++) {
            int k = y;
            double mean = c.expectation(z -> StrictMath.exp(c.logJoint(k, z) - c.logPrior(z)));
            double square = c.expectation(z -> StrictMath.exp(2 * (c.logJoint(k, z) - c.logPrior(z))));
            double deviation = Math.sqrt((square - mean * mean) / 64);
            assertThat(found.get(0, y)).isCloseTo(mean, within(5 * deviation));
        }
    }

    /** One component N(0, I): the embedding is a variational autoencoder. */
    @Test
    void oneStandardComponentIsTheVariationalAutoencoder() {
        Architecture one = architecture(2).withComponents(1);
        double[] plain = Small.parameters(one, Kind.VARIATIONAL);
        double[] embedding = new double[one.parameterCount(Kind.EMBEDDING)];
        System.arraycopy(plain, 0, embedding, 0, plain.length); // the prior's are all 0
        StochasticObjective.Position position = new StochasticObjective.Position(5, 0, 0);
        double[] sums = new double[3];
        double[] expectedSums = new double[3];
        double[] gradient = new double[embedding.length];
        double[] expected = new double[plain.length];
        new ClusteringObjective(Kind.EMBEDDING, one, ClusteringOptions.DEFAULT)
                .worker(1)
                .gradient(embedding, row(), new double[] {1}, position, gradient, sums);
        new VariationalObjective(one, VariationalOptions.DEFAULT)
                .worker(1)
                .gradient(plain, row(), new double[] {1}, position, expected, expectedSums);
        assertThat(sums).containsExactly(expectedSums, within(1e-12));
        assertThat(Arrays.copyOf(gradient, plain.length)).containsExactly(expected, within(1e-12));
    }
}
