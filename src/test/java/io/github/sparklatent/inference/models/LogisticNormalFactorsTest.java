package io.github.sparklatent.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.inference.GradientEstimator;
import io.github.sparklatent.inference.Inference;
import io.github.sparklatent.inference.InferenceOptions;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.PredictiveDensity;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticNormalFactorsTest {
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d");

    private static LogisticNormalFactors model(int factors) {
        return new LogisticNormalFactors(COLUMNS, new ModelSettings(Map.of("factors", (double) factors)));
    }

    private static Block block() {
        Random random = new Random(2);
        DMatrixRMaj rows = new DMatrixRMaj(9, 4);
        for (int i = 0; i < 36; i++) {
            rows.data[i] = random.nextInt(2);
        }
        return new Block(rows, random.doubles(9, 0.5, 2).toArray(), 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gradientsAgreeWithFiniteDifferences(int factors) {
        DensityGradients.check(model(factors), block());
    }

    /**
     * A fine trapezoidal sum over the factors, whose error is below 1e-8. The error of the nodes is derived in
     * FactorNodes, for each row.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void quadratureAgreesWithAFineSum(int factors) {
        LogisticNormalFactors model = model(factors);
        double[] theta = DensityGradients.theta(model, 4);
        Block block = block();
        double expected = 0;
        double weight = 0;
        double step = 0.1;
        int reach = 80;
        for (int row = 0; row < block.size(); row++) {
            double integral = 0;
            for (int i = -reach; i <= reach; i++) {
                for (int j = factors == 1 ? 0 : -reach; j <= (factors == 1 ? 0 : reach); j++) {
                    double[] z = {i * step, j * step};
                    double log = 0;
                    for (int m = 0; m < factors; m++) {
                        log -= 0.5 * z[m] * z[m] + 0.5 * Math.log(2 * Math.PI) - Math.log(step);
                    }
                    for (int c = 0; c < 4; c++) {
                        double logit = theta[c];
                        for (int m = 0; m < factors; m++) {
                            logit += theta[4 + c * factors + m] * z[m];
                        }
                        double x = block.rows().get(row, c);
                        log += x * logit - Math.log1p(Math.exp(logit));
                    }
                    integral += Math.exp(log);
                }
            }
            expected += block.weight(row) * Math.log(integral);
            weight += block.weight(row);
        }
        DMatrixRMaj draws = new DMatrixRMaj(1, theta.length, true, theta);
        assertThat(DensityGradients.logLikelihood(model, block, draws, 0))
                .isCloseTo(expected, within(factors * 1.7e-5 * weight));
    }

    /**
     * Rows drawn from columns of loadings near 1.5, beside a trapezoidal sum of spacing 1/40 and 1/16. The tolerance is
     * the bound of FactorNodes. The nodes of a Gauss-Hermite rule, 21 and 11 along each factor, were off by up to 0.04,
     * 0.43 and 3.7 nats, and by 0.06 and 0.43.
     */
    @ParameterizedTest
    @CsvSource({"1, 20", "1, 50", "1, 200", "2, 20", "2, 50"})
    void manyColumnsAreSummedExactly(int factors, int d) {
        List<String> columns = IntStream.range(0, d).mapToObj(Integer::toString).toList();
        LogisticNormalFactors model =
                new LogisticNormalFactors(columns, new ModelSettings(Map.of("factors", (double) factors)));
        Random random = new Random(7);
        double[] theta = new double[model.parameters().free()];
        for (int i = 0; i < theta.length; i++) {
            double loading = (random.nextBoolean() ? 1 : -1) * (1.2 + 0.6 * random.nextDouble());
            theta[i] = i < d ? random.nextGaussian() : loading / Math.sqrt(factors);
        }
        int n = 20;
        DMatrixRMaj rows = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            double[] row = new double[d];
            model.sample(theta, RandomStreams.of(3, Purpose.PREDICTED_ROW, i), row);
            System.arraycopy(row, 0, rows.data, i * d, d);
        }
        DMatrixRMaj found = new DMatrixRMaj(1, n);
        model.likelihood(new DMatrixRMaj(1, theta.length, true, theta)).evaluate(Block.of(rows), found, null);
        double greatest = 0;
        for (int i = 0; i < n; i++) {
            double[] row = Arrays.copyOfRange(rows.data, i * d, (i + 1) * d);
            double expected = fineSum(theta, row, factors, factors == 1 ? 40 : 16);
            greatest = Math.max(greatest, Math.abs(found.data[i] - expected));
        }
        assertThat(greatest).isLessThan(1e-3);
    }

    private static double fineSum(double[] theta, double[] row, int factors, int perUnit) {
        int reach = 6 * perUnit;
        double[] logs = new double[(2 * reach + 1) * (factors == 1 ? 1 : 2 * reach + 1)];
        int at = 0;
        for (int i = -reach; i <= reach; i++) {
            for (int j = factors == 1 ? 0 : -reach; j <= (factors == 1 ? 0 : reach); j++) {
                double[] z = {(double) i / perUnit, (double) j / perUnit};
                double log = -factors * Math.log(perUnit * Math.sqrt(2 * Math.PI));
                log -= 0.5 * (z[0] * z[0] + z[1] * z[1]);
                for (int c = 0; c < row.length; c++) {
                    double logit = theta[c];
                    for (int m = 0; m < factors; m++) {
                        logit += theta[row.length + c * factors + m] * z[m];
                    }
                    log += row[c] * logit - Math.log1p(Math.exp(logit));
                }
                logs[at++] = log;
            }
        }
        double most = Arrays.stream(logs).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - most)).sum());
    }

    /** A saved model of so many columns, whose parameters need fewer nodes, is still read. */
    @Test
    void refusesToTrainTwoFactorsOfTooManyColumns() {
        List<String> columns =
                IntStream.range(0, 2000).mapToObj(Integer::toString).toList();
        LogisticNormalFactors model = new LogisticNormalFactors(columns, new ModelSettings(Map.of("factors", 2.0)));
        double[] theta = new double[model.parameters().free()];
        assertThat(model.likelihood(new DMatrixRMaj(1, theta.length, true, theta)))
                .isNotNull();
        assertThatThrownBy(model::requireTrainable)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factors is 2 with 2000 columns")
                .hasMessageContaining("use factors = 1, fewer columns");
    }

    @Test
    void loadingsThatNeedTooManyNodesDiverge() {
        LogisticNormalFactors model = model(2);
        double[] theta = new double[model.parameters().free()];
        Arrays.fill(theta, 100);
        DMatrixRMaj draws = new DMatrixRMaj(1, theta.length, true, theta);
        assertThatThrownBy(() -> model.likelihood(draws))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("at most 8192 are possible");
        // It is no fault of the class, whose exit code would be another.
        assertThatThrownBy(() -> new PredictiveDensity(model, draws)).isInstanceOf(DivergedException.class);
    }

    private static DMatrixRMaj sampled(LogisticNormalFactors model, double[] theta, int n) {
        DMatrixRMaj rows = new DMatrixRMaj(n, 4);
        double[] row = new double[4];
        for (int i = 0; i < n; i++) {
            model.sample(theta, RandomStreams.of(3, Purpose.PREDICTED_ROW, i), row);
            System.arraycopy(row, 0, rows.data, 4 * i, 4);
        }
        return rows;
    }

    /**
     * The true parameters are within 4 posterior deviations of the posterior mean; the sign of the factor is free. Mean
     * field gives deviations that are too small by √(1 − ρ²) with a correlation of up to 0.7 between intercept and
     * loading, which is within the 4.
     */
    @Test
    void findsTheParametersThatDrewTheRows() {
        LogisticNormalFactors model = model(1);
        double[] truth = {0.5, -1, 0, 1, 1.5, 1, -1.2, 0.8};
        InMemoryRowBlocks data = InMemoryRowBlocks.of(sampled(model, truth, 2000), 500);
        InferenceResult result = Inference.fit(model, data, InferenceOptions.DEFAULT.withSeed(2));

        double[] mean = result.posterior().mean();
        double[] deviations = result.posterior().deviations();
        double sign = Math.signum(mean[4]);
        for (int i = 0; i < 8; i++) {
            assertThat((i < 4 ? 1 : sign) * mean[i])
                    .as("parameter %d", i)
                    .isCloseTo(truth[i], within(4 * deviations[i]));
        }
        assertThat(result.converged()).isTrue();
    }

    /** The score function needs more draws; it agrees within the errors of both. */
    @Test
    void scoreFunctionFindsTheSame() {
        LogisticNormalFactors model = model(1);
        double[] truth = {0.5, -1, 0, 1, 1.5, 1, -1.2, 0.8};
        InMemoryRowBlocks data = InMemoryRowBlocks.of(sampled(model, truth, 300), 300);
        InferenceResult path = Inference.fit(model, data, InferenceOptions.DEFAULT);
        InferenceResult score = Inference.fit(
                model,
                data,
                InferenceOptions.DEFAULT
                        .withEstimator(GradientEstimator.SCORE_FUNCTION)
                        .withDraws(40));
        double[] deviations = path.posterior().deviations();
        for (int i = 0; i < 8; i++) {
            assertThat(score.posterior().mean()[i])
                    .as("parameter %d", i)
                    .isCloseTo(path.posterior().mean()[i], within(0.4 * deviations[i]));
        }
        double error = Math.hypot(path.last().error(), score.last().error());
        assertThat(score.last().objective()).isCloseTo(path.last().objective(), within(5 * error + 0.1 / 300));
    }

    @Test
    void refusesOtherValues() {
        DMatrixRMaj rows = new DMatrixRMaj(2, 4, true, 0, 1, 0, 1, 0, 1, 2, 1);
        assertThatThrownBy(() -> Inference.fit(model(1), InMemoryRowBlocks.of(rows, 2), InferenceOptions.DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the column c has values other than 0 and 1");
    }
}
