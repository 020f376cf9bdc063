package io.github.sparklatent.twin.vae.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.LatentDistribution;
import io.github.sparklatent.twin.vae.model.MixturePrior;
import io.github.sparklatent.twin.vae.model.Networks;
import io.github.sparklatent.twin.vae.objective.Small;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** log p(z) and log q(z|x) against sums written out here: of some ten terms each, so within a few hundred roundings. */
class PriorDensityTest {
    private static final int COMPONENTS = 3;
    private static final int LATENT = Small.LATENT;
    private static final double ROUNDING = 1e-12;

    private final Architecture architecture =
            Small.architecture(new Bernoulli(Small.WIDTH)).withComponents(COMPONENTS);
    private final Networks networks = architecture.networks(Kind.MIXTURE);
    private final double[] parameters = parameters();
    private final DMatrixRMaj rows = Small.rows();
    private final int n = rows.numRows;

    private double[] parameters() {
        double[] parameters = Small.parameters(architecture, Kind.MIXTURE);
        RandomGenerator random = RandomStreams.of(5, Purpose.NOISE);
        for (int i = networks.priorOffset(); i < networks.auxiliaryOffset(); i++) {
            parameters[i] += 0.7 * random.nextGaussian();
        }
        return parameters;
    }

    /** Two codes for each row. */
    private DMatrixRMaj codes() {
        RandomGenerator random = RandomStreams.of(6, Purpose.NOISE);
        DMatrixRMaj codes = new DMatrixRMaj(2 * n, LATENT);
        Arrays.setAll(codes.data, i -> 2 * random.nextGaussian());
        return codes;
    }

    private static double density(double[] z, int at, double[] mean, int m, double[] log, int v) {
        double product = 1;
        for (int j = 0; j < LATENT; j++) {
            double variance = StrictMath.exp(log[v + j]);
            double difference = z[at + j] - mean[m + j];
            product *=
                    StrictMath.exp(-difference * difference / (2 * variance)) / StrictMath.sqrt(2 * Math.PI * variance);
        }
        return product;
    }

    private static double[] softmax(double[] values, int from) {
        double[] shares = new double[COMPONENTS];
        Arrays.setAll(shares, k -> StrictMath.exp(values[from + k]));
        double sum = Arrays.stream(shares).sum();
        Arrays.setAll(shares, k -> shares[k] / sum);
        return shares;
    }

    @Test
    void priorAndItsResponsibilities() {
        MixturePrior prior = networks.prior();
        int offset = networks.priorOffset();
        double[] weights = softmax(parameters, offset + prior.logits());
        DMatrixRMaj codes = codes();
        PriorDensity density = new PriorDensity(networks);
        double[] found = new double[1 + 2 * n];
        density.logDensity(parameters, codes, null, found, 1);
        for (int r = 0; r < 2 * n; r++) {
            double[] joint = new double[COMPONENTS];
            for (int k = 0; k < COMPONENTS; k++) {
                int mean = offset + prior.means() + k * LATENT;
                int log = offset + prior.logVariances() + k * LATENT;
                joint[k] = weights[k] * density(codes.data, r * LATENT, parameters, mean, parameters, log);
            }
            double sum = Arrays.stream(joint).sum();
            assertThat(found[1 + r]).isCloseTo(StrictMath.log(sum), within(ROUNDING));
            for (int k = 0; k < COMPONENTS; k++) {
                assertThat(density.responsibilities().get(k, r)).isCloseTo(joint[k] / sum, within(ROUNDING));
            }
        }
    }

    @Test
    void posteriorFromTheHeads() {
        DMatrixRMaj heads =
                networks.encoder().worker(n, 0, new DoubleProducts()).forward(parameters, rows);
        MixturePosterior posterior = new MixturePosterior(networks, n, new DoubleProducts());
        posterior.encode(parameters, rows);
        DMatrixRMaj codes = codes();
        double[] found = new double[2 * n];
        posterior.logDensity(codes, found, 0);
        for (int r = 0; r < 2 * n; r++) {
            int from = r % n * heads.numCols;
            double[] weights = softmax(heads.data, from);
            int log = from + COMPONENTS + COMPONENTS * LATENT;
            double sum = 0;
            for (int k = 0; k < COMPONENTS; k++) {
                int mean = from + COMPONENTS + k * LATENT;
                sum += weights[k] * density(codes.data, r * LATENT, heads.data, mean, heads.data, log);
            }
            assertThat(found[r]).isCloseTo(StrictMath.log(sum), within(ROUNDING));
        }
    }

    /** Far out all densities are 0 in double precision; their logarithms are not. */
    @Test
    void farFromAllComponents() {
        DMatrixRMaj far = new DMatrixRMaj(1, LATENT, true, 300, -300);
        double[] found = new double[1];
        PriorDensity density = new PriorDensity(networks);
        density.logDensity(parameters, far, null, found, 0);
        assertThat(found[0]).isFinite().isLessThan(-1000);
        double sum = 0;
        for (int k = 0; k < COMPONENTS; k++) {
            sum += density.responsibilities().get(k, 0);
        }
        assertThat(sum).isCloseTo(1, within(ROUNDING));
    }

    /**
     * Of 20,000 draws each component's share is within four standard errors of its weight, and the mean of one
     * component's draws within four of its mean.
     */
    @Test
    void drawsFollowThePrior() {
        LatentDistribution prior = networks.distribution(parameters);
        double[] weights = softmax(parameters, networks.priorOffset());
        int count = 20_000;
        double[] code = new double[LATENT];
        double mean = 0;
        double square = 0;
        int[] seen = new int[COMPONENTS];
        RandomGenerator random = RandomStreams.of(8, Purpose.NOISE);
        for (int i = 0; i < count; i++) {
            seen[prior.component(random.nextDouble())]++;
            prior.draw(3, i, 1, code, 0);
            mean += code[0] / count;
            square += code[0] * code[0] / count;
        }
        for (int k = 0; k < COMPONENTS; k++) {
            double error = Math.sqrt(weights[k] * (1 - weights[k]) / count);
            assertThat((double) seen[k] / count).isCloseTo(weights[k], within(4 * error));
        }
        double deviation = prior.deviation(1, 0);
        double error = deviation / Math.sqrt(count);
        assertThat(mean).isCloseTo(prior.mean(1, 0), within(4 * error));
        assertThat(Math.sqrt(square - mean * mean)).isCloseTo(deviation, within(4 * error / Math.sqrt(2)));
    }
}
