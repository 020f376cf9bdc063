package io.github.sparklatent.twin.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.Parameter;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Decoder;
import io.github.sparklatent.twin.vae.latent.CodeSamples;
import io.github.sparklatent.twin.vae.latent.MixturePosterior;
import io.github.sparklatent.twin.vae.latent.PriorDensity;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * The stratified estimate of the bound against the naive one, which draws the component too, and against the integral.
 */
class StratifiedBoundTest {
    private static final int COMPONENTS = 3;
    private static final int REPEATS = 4000;

    private final Architecture architecture = new Architecture(
                    Small.WIDTH,
                    null,
                    1,
                    Small.architecture(new Bernoulli(Small.WIDTH)).encoder(),
                    Small.architecture(new Bernoulli(Small.WIDTH)).decoder(),
                    Small.architecture(new Bernoulli(Small.WIDTH)).activation(),
                    new Bernoulli(Small.WIDTH),
                    Small.architecture(new Bernoulli(Small.WIDTH)).initialization())
            .withComponents(COMPONENTS);
    private final Networks networks = architecture.networks(Kind.MIXTURE);
    /** Components well apart, so that which of them is drawn matters. */
    private final double[] parameters = Small.parameters(architecture, Kind.MIXTURE, 0.8);

    private final DMatrixRMaj row = new DMatrixRMaj(1, Small.WIDTH, true, Small.rows().data);

    /** f of one code of each component, in nats, by the classes that the objective is made of. */
    private double[][] terms(long seed) {
        MixturePosterior posterior = new MixturePosterior(networks, 1, new DoubleProducts());
        StratifiedTerm strata = new StratifiedTerm(networks, VariationalOptions.DEFAULT, posterior);
        CodeSamples samples = new CodeSamples(networks, COMPONENTS, 1, new DoubleProducts());
        double[][] terms = new double[REPEATS][COMPONENTS];
        posterior.encode(parameters, row);
        RandomGenerator[] streams = {RandomStreams.of(seed, Purpose.LATENT_NOISE)};
        for (double[] each : terms) {
            samples.draw(posterior, posterior.streams(streams), 1);
            samples.decodeAll(parameters, row);
            strata.begin(parameters, row);
            strata.decoded(samples);
            Arrays.setAll(each, k -> samples.density(k, 0) - strata.logRatio(samples, k, 0));
        }
        return terms;
    }

    private double[] weights() {
        MixturePosterior posterior = new MixturePosterior(networks, 1, new DoubleProducts());
        posterior.encode(parameters, row);
        return Arrays.copyOf(posterior.weights().data, COMPONENTS);
    }

    /**
     * Both are unbiased: their means over 4,000 repeats agree within four standard errors of the difference. The naive
     * estimate's variance has that of the components' means besides, and the whole weight of whichever component is
     * drawn: Σ α_k v_k + Var(m_k) against Σ α_k² v_k. The ratio is 2.9 here, with an error of some 4%.
     */
    @Test
    void sameExpectationAsTheNaiveEstimateAndLessVariance() {
        double[] weights = weights();
        double[][] terms = terms(7);
        double[][] others = terms(8);
        RandomGenerator random = RandomStreams.of(9, Purpose.COMPONENT);
        double[] stratified = new double[REPEATS];
        double[] naive = new double[REPEATS];
        for (int t = 0; t < REPEATS; t++) {
            for (int k = 0; k < COMPONENTS; k++) {
                stratified[t] += weights[k] * terms[t][k];
            }
            naive[t] = others[t][drawn(weights, random.nextDouble())];
        }
        double error = Math.sqrt((variance(stratified) + variance(naive)) / REPEATS);
        assertThat(mean(stratified)).isCloseTo(mean(naive), within(4 * error));
        assertThat(variance(naive)).isGreaterThan(2 * variance(stratified));
    }

    /**
     * Where the components have like weights, the stratified estimate is better than as many naive draws as it decodes
     * codes: Σ v_k / K² against Σ v_k / K² + Var(m_k) / K, here 1.32 times as much, with an error of some 4%.
     */
    @Test
    void lessVarianceForTheSameWorkWhereWeightsAreEqual() {
        level();
        double[] weights = weights();
        assertThat(weights).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
        double[][] terms = terms(7);
        double[][][] others = {terms(8), terms(9), terms(10)};
        RandomGenerator random = RandomStreams.of(9, Purpose.COMPONENT);
        double[] stratified = new double[REPEATS];
        double[] naive = new double[REPEATS];
        for (int t = 0; t < REPEATS; t++) {
            for (int k = 0; k < COMPONENTS; k++) {
                stratified[t] += weights[k] * terms[t][k];
                naive[t] += others[k][t][drawn(weights, random.nextDouble())] / COMPONENTS;
            }
        }
        assertThat(variance(naive)).isGreaterThan(1.1 * variance(stratified));
    }

    /** Takes the logits of α away: they are the first of the encoder's outputs. */
    private void level() {
        int outputs = networks.encoder().outputs();
        for (Parameter p : networks.encoder().layers().get(1).parameters()) {
            int last = Parameter.length(networks.encoder().parameters());
            int from =
                    last - Parameter.length(networks.encoder().layers().get(1).parameters());
            for (int i = 0; i < p.length(); i++) {
                int output = p.columns() == outputs ? i % p.columns() : i / p.columns();
                if (output < COMPONENTS) {
                    parameters[from + p.offset() + i] = 0;
                }
            }
        }
    }

    private static int drawn(double[] weights, double uniform) {
        double sum = 0;
        for (int k = 0; k < COMPONENTS - 1; k++) {
            sum += weights[k];
            if (uniform < sum) {
                return k;
            }
        }
        return COMPONENTS - 1;
    }

    /** What the objective reports, averaged over keys, is the integral ∫ q (log p(x,z) − log q). */
    @Test
    void meanOfTheObjectiveIsTheIntegral() {
        StochasticObjective.Worker worker = new VariationalObjective(
                        Kind.MIXTURE, architecture, VariationalOptions.DEFAULT, BoundStage.JOINT)
                .worker(1);
        double[] losses = new double[REPEATS];
        for (int t = 0; t < REPEATS; t++) {
            double[] sums = new double[3];
            worker.gradient(
                    parameters,
                    row,
                    new double[] {1},
                    new StochasticObjective.Position(t, 0, 0),
                    new double[parameters.length],
                    sums);
            assertThat(sums[0]).isCloseTo(sums[1] + sums[2], within(1e-12));
            losses[t] = sums[0];
        }
        double error = Math.sqrt(variance(losses) / REPEATS);
        assertThat(mean(losses)).isCloseTo(-bound(), within(4 * error));
    }

    /** By the trapezoid rule, which for such smooth integrands errs by less than 1e-10. */
    private double bound() {
        int points = 4001;
        double width = 40.0 / (points - 1);
        DMatrixRMaj codes = new DMatrixRMaj(points, 1);
        Arrays.setAll(codes.data, i -> -20 + i * width);
        DMatrixRMaj repeated = new DMatrixRMaj(points, Small.WIDTH);
        Arrays.setAll(repeated.data, i -> row.data[i % Small.WIDTH]);
        Decoder.Worker decoder = networks.conditional().worker(points, new DoubleProducts());
        double[] likelihood = new double[points];
        decoder.decode(parameters, codes, repeated);
        decoder.density(parameters, repeated, likelihood);
        double[] prior = new double[points];
        new PriorDensity(networks).logDensity(parameters, codes, null, prior, 0);
        MixturePosterior posterior = new MixturePosterior(networks, 1, new DoubleProducts());
        posterior.encode(parameters, row);
        double[] density = new double[points];
        posterior.logDensity(codes, density, 0);
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double term = likelihood[i] + prior[i] - density[i];
            sum += width * StrictMath.exp(density[i]) * term;
        }
        return sum;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (REPEATS - 1);
    }
}
