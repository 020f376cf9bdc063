package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.latent.PriorDensity;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What a trained network with mixtures says of rows, and the rows it draws. */
class PosteriorScorerTest {
    private static final int WIDTH = 6;
    private static final int COMPONENTS = 3;
    private static final int ROWS = 7;
    private static final Architecture ARCHITECTURE =
            Samples.architecture(1, 4, new Bernoulli(WIDTH)).withComponents(COMPONENTS);
    private static final Networks NETWORKS = ARCHITECTURE.networks(Kind.MIXTURE);
    private static final float[] PARAMETERS = Samples.parameters(ARCHITECTURE, Kind.MIXTURE, 0.8);
    private static final FMatrixRMaj TABLE = Samples.rows(ROWS, WIDTH, 1);
    private static final TrainedNetwork NETWORK = new TrainedNetwork(Kind.MIXTURE, ARCHITECTURE, PARAMETERS);

    private final NetworkScorer scorer = NETWORK.scorer(ROWS, ScoringOptions.DEFAULT);

    /** The encoder's heads: K logits, K means, one log variance; latent 1. */
    private static FMatrixRMaj heads() {
        Layer.Worker encoder = NETWORKS.encoder().worker(ROWS, 0, new FloatProducts());
        return encoder.forward(PARAMETERS, TABLE).copy();
    }

    private static double[] weights(FMatrixRMaj heads, int row) {
        double[] weights = new double[COMPONENTS];
        Arrays.setAll(weights, k -> Math.exp(heads.get(row, k)));
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Single precision: some ten roundings of numbers near 1. */
    @Test
    void codesAreMeanAndVarianceOfTheMixture() {
        FMatrixRMaj heads = heads();
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        scorer.encode(TABLE, mean, variance);
        for (int i = 0; i < ROWS; i++) {
            double[] weights = weights(heads, i);
            double first = 0;
            double second = Math.exp(heads.get(i, 2 * COMPONENTS));
            for (int k = 0; k < COMPONENTS; k++) {
                double m = heads.get(i, COMPONENTS + k);
                first += weights[k] * m;
                second += weights[k] * m * m;
            }
            assertThat((double) mean.get(i, 0)).isCloseTo(first, within(1e-5));
            assertThat((double) variance.get(i, 0)).isCloseTo(second - first * first, within(1e-5));
        }
        FMatrixRMaj alone = new FMatrixRMaj(0, 0);
        scorer.encode(TABLE, alone);
        assertThat(alone.data).isEqualTo(mean.data);
    }

    /** Σ_k α_k E[x|μ_k]. */
    @Test
    void reconstructionFollowsTheComponents() {
        FMatrixRMaj heads = heads();
        FMatrixRMaj reconstruction = new FMatrixRMaj(0, 0);
        FMatrixRMaj decoded = new FMatrixRMaj(0, 0);
        scorer.reconstruct(TABLE, reconstruction);
        for (int i = 0; i < ROWS; i++) {
            double[] weights = weights(heads, i);
            double[] row = new double[WIDTH];
            for (int k = 0; k < COMPONENTS; k++) {
                float z = heads.get(i, COMPONENTS + k);
                scorer.decode(new FMatrixRMaj(1, 1, true, z), decoded);
                for (int j = 0; j < WIDTH; j++) {
                    row[j] += weights[k] * decoded.get(0, j);
                }
            }
            for (int j = 0; j < WIDTH; j++) {
                assertThat((double) reconstruction.get(i, j)).isCloseTo(row[j], within(1e-5));
            }
        }
    }

    /** Σ_k α_k (log p(y|μ_k) − log p(x|μ_k)) of the columns of each group. */
    @Test
    void columnErrorsFollowTheComponents() {
        FMatrixRMaj heads = heads();
        FMatrixRMaj likely = Samples.rows(ROWS, WIDTH, 2);
        int[][] groups = {IntStream.range(1, WIDTH).toArray(), {0}};
        double[] errors = new double[ROWS * groups.length];
        FMatrixRMaj decoded = new FMatrixRMaj(0, 0);
        scorer.columnErrors(TABLE, likely, groups, errors);
        for (int i = 0; i < ROWS; i++) {
            double[] weights = weights(heads, i);
            for (int c = 0; c < groups.length; c++) {
                double expected = 0;
                for (int k = 0; k < COMPONENTS; k++) {
                    float z = heads.get(i, COMPONENTS + k);
                    scorer.decode(new FMatrixRMaj(1, 1, true, z), decoded);
                    for (int j : groups[c]) {
                        double p = decoded.get(0, j);
                        double slope = Math.log(p) - Math.log1p(-p);
                        expected += weights[k] * slope * (likely.get(i, j) - TABLE.get(i, j));
                    }
                }
                assertThat(errors[i * groups.length + c]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    /**
     * E_q[p(y|z)] by the trapezoid rule over one dimension. The standard error of a mean of n numbers in [0, 1] is at
     * most ½ / √n.
     */
    @Test
    void responsibilitiesAreTheMeanOverThePosterior() {
        int draws = 20_000;
        double tolerance = 4 * 0.5 / Math.sqrt(draws);
        FMatrixRMaj heads = heads();
        FMatrixRMaj responsibilities = new FMatrixRMaj(0, 0);
        int[] component = new int[ROWS];
        NetworkScorer precise = NETWORK.scorer(ROWS, ScoringOptions.DEFAULT.withSamples(draws));
        precise.responsibilities(TABLE, responsibilities);
        precise.component(TABLE, component);
        for (int i = 0; i < ROWS; i++) {
            double[] shares = expectedShares(heads, i);
            assertThat(shares[component[i]])
                    .isCloseTo(Arrays.stream(shares).max().orElseThrow(), within(2 * tolerance));
            for (int y = 0; y < COMPONENTS; y++) {
                assertThat((double) responsibilities.get(i, y)).isCloseTo(shares[y], within(tolerance));
            }
        }
        assertThat(Arrays.stream(component).distinct().count()).isGreaterThan(1);
    }

    private static double[] expectedShares(FMatrixRMaj heads, int row) {
        LatentDistribution prior = NETWORKS.distribution(PARAMETERS);
        double[] weights = weights(heads, row);
        double deviation = Math.exp(heads.get(row, 2 * COMPONENTS) / 2);
        double[] shares = new double[COMPONENTS];
        double step = 0.01;
        for (int k = 0; k < COMPONENTS; k++) {
            for (double e = -8; e <= 8; e += step) {
                double density = Math.exp(-e * e / 2) / Math.sqrt(2 * Math.PI);
                double z = heads.get(row, COMPONENTS + k) + deviation * e;
                addShares(prior, z, weights[k] * density * step, shares);
            }
        }
        return shares;
    }

    private static void addShares(LatentDistribution prior, double z, double weight, double[] shares) {
        double[] logits = logits();
        double[] joint = new double[COMPONENTS];
        for (int y = 0; y < COMPONENTS; y++) {
            double s = prior.deviation(y, 0);
            double difference = (z - prior.mean(y, 0)) / s;
            joint[y] = Math.exp(logits[y] - difference * difference / 2) / s;
        }
        double sum = Arrays.stream(joint).sum();
        for (int y = 0; y < COMPONENTS; y++) {
            shares[y] += weight * joint[y] / sum;
        }
    }

    /** The logits of the prior. */
    private static double[] logits() {
        double[] logits = new double[COMPONENTS];
        Arrays.setAll(logits, k -> PARAMETERS[NETWORKS.priorOffset() + k]);
        return logits;
    }

    /** Rows' metrics follow from the rows alone, however many are taken together. */
    @Test
    void figuresDoNotDependOnTheBatch() {
        ScoringOptions options = ScoringOptions.DEFAULT.withSamples(3);
        double[] whole = new double[ROWS];
        double[] likelihoods = new double[ROWS];
        NetworkScorer all = NETWORK.scorer(ROWS, options);
        all.anomaly(TABLE, whole);
        all.logLikelihood(TABLE, 30, likelihoods);
        NetworkScorer single = NETWORK.scorer(1, options);
        double[] one = new double[1];
        for (int i = 0; i < ROWS; i++) {
            FMatrixRMaj row = Samples.select(TABLE, i);
            single.anomaly(row, one);
            assertThat(one[0]).isCloseTo(whole[i], within(1e-5));
            single.logLikelihood(row, 30, one);
            assertThat(one[0]).isCloseTo(likelihoods[i], within(1e-5));
        }
    }

    /** More rows than go together, of which there are 1024 / K. */
    @Test
    void partsOfABatchAreThoseOfTheWhole() {
        int many = 1024 / COMPONENTS + 10;
        FMatrixRMaj rows = Samples.rows(many, WIDTH, 5);
        NetworkScorer large = NETWORK.scorer(many, ScoringOptions.DEFAULT);
        NetworkScorer small = NETWORK.scorer(1, ScoringOptions.DEFAULT);
        double[] scores = new double[many];
        double[] one = new double[1];
        FMatrixRMaj codes = new FMatrixRMaj(0, 0);
        FMatrixRMaj code = new FMatrixRMaj(0, 0);
        FMatrixRMaj variances = new FMatrixRMaj(0, 0);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        FMatrixRMaj shares = new FMatrixRMaj(0, 0);
        FMatrixRMaj share = new FMatrixRMaj(0, 0);
        FMatrixRMaj means = new FMatrixRMaj(0, 0);
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        large.anomaly(rows, scores);
        large.encode(rows, codes, variances);
        large.responsibilities(rows, shares);
        large.reconstruct(rows, means);
        FMatrixRMaj last = Samples.select(rows, many - 1);
        small.anomaly(last, one);
        small.encode(last, code, variance);
        small.responsibilities(last, share);
        small.reconstruct(last, mean);
        assertThat(one[0]).isCloseTo(scores[many - 1], within(1e-5));
        assertThat(code.get(0, 0)).isCloseTo(codes.get(many - 1, 0), within(1e-5f));
        assertThat(variance.get(0, 0)).isCloseTo(variances.get(many - 1, 0), within(1e-5f));
        assertThat(share.get(0, 1)).isCloseTo(shares.get(many - 1, 1), within(1e-5f));
        assertThat(mean.get(0, 2)).isCloseTo(means.get(many - 1, 2), within(1e-5f));
    }

    /**
     * log ∫ p(x|z) p(z) dz by the trapezoid rule over one dimension. Of 6,000 importance samples with weights that vary
     * by less than their mean the logarithm's standard error is below 1/√6000 = 0.013; the bound lies below.
     */
    @Test
    void importanceWeightsFindTheIntegral() {
        double[] likelihoods = new double[ROWS];
        double[] anomaly = new double[ROWS];
        scorer.logLikelihood(TABLE, 6000, likelihoods);
        NETWORK.scorer(ROWS, ScoringOptions.DEFAULT.withSamples(500)).anomaly(TABLE, anomaly);
        for (int i = 0; i < ROWS; i++) {
            double exact = integral(Samples.select(TABLE, i));
            assertThat(likelihoods[i]).isCloseTo(exact, within(4 * 0.013));
            assertThat(-anomaly[i]).isLessThan(exact);
        }
    }

    private static double integral(FMatrixRMaj row) {
        int points = 4001;
        double width = 40.0 / (points - 1);
        FMatrixRMaj codes = new FMatrixRMaj(points, 1);
        FMatrixRMaj repeated = new FMatrixRMaj(points, WIDTH);
        for (int i = 0; i < points; i++) {
            codes.data[i] = (float) (-20 + i * width);
            System.arraycopy(row.data, 0, repeated.data, i * WIDTH, WIDTH);
        }
        Decoder.Worker decoder = NETWORKS.conditional().worker(points, new FloatProducts());
        double[] likelihood = new double[points];
        double[] prior = new double[points];
        decoder.decode(PARAMETERS, codes, codes);
        decoder.density(PARAMETERS, repeated, likelihood);
        new PriorDensity(NETWORKS).logDensity(PARAMETERS, codes, null, prior, 0);
        double sum = 0;
        for (int i = 0; i < points; i++) {
            sum += width * Math.exp(likelihood[i] + prior[i]);
        }
        return Math.log(sum);
    }

    /** A component's rows are drawn around its mean: the same code that stands for it. */
    @Test
    void samplerKnowsItsComponents() {
        NetworkSampler whole = NETWORK.sampler(1);
        assertThat(whole.components()).isEqualTo(COMPONENTS);
        LatentDistribution prior = NETWORKS.distribution(PARAMETERS);
        double[] mean = new double[WIDTH];
        double[] drawn = new double[WIDTH];
        FMatrixRMaj decoded = new FMatrixRMaj(0, 0);
        for (int k = 0; k < COMPONENTS; k++) {
            whole.componentMean(k, mean);
            float m = (float) prior.mean(k, 0);
            scorer.decode(new FMatrixRMaj(1, 1, true, m), decoded);
            for (int j = 0; j < WIDTH; j++) {
                assertThat(mean[j]).isCloseTo(decoded.get(0, j), within(1e-6));
            }
            float[] code = new float[1];
            prior.draw(1, 20, k, code, 0);
            NETWORK.sampler(1).fromComponent(k).mean(20, drawn);
            scorer.decode(new FMatrixRMaj(1, 1, true, code[0]), decoded);
            for (int j = 0; j < WIDTH; j++) {
                assertThat(drawn[j]).isCloseTo(decoded.get(0, j), within(1e-6));
            }
        }
    }

    /** π₂(0) = ½ and π₂(1) = σ(3), so of conditions 0, 0, 0, 1 the last has p(c | 2) = σ(3) / (1.5 + σ(3)), not ¼. */
    @Test
    void conditionsOfAComponentAreDrawnByItsWeight() {
        Architecture given = Samples.linear(
                        1,
                        new Composite(List.of(
                                Composite.Group.from(0, new Bernoulli(2)),
                                Composite.Group.from(2, new Conditions.Given(1, false)))))
                .withComponents(2);
        float[] parameters = new float[given.parameterCount(Kind.MIXTURE)];
        Parameter weights = given.parameters(Kind.MIXTURE).stream()
                .filter(parameter -> parameter.name().endsWith("conditionWeights"))
                .findFirst()
                .orElseThrow();
        parameters[weights.offset() + 1] = 3;
        TrainedNetwork network = new TrainedNetwork(Kind.MIXTURE, given, parameters, new float[] {0, 0, 0, 1}, null);
        double[] row = new double[3];
        double ones = 0;
        for (int i = 0; i < 4000; i++) {
            network.sampler(5).fromComponent(1).sample(i, row);
            ones += row[2];
        }
        double weight = 1 / (1 + Math.exp(-3));
        double share = weight / (1.5 + weight);
        assertThat(ones / 4000).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / 4000)));
    }
}
