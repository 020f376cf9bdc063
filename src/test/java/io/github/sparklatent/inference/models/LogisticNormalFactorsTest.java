package io.github.sparklatent.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.inference.GradientEstimator;
import io.github.sparklatent.inference.Inference;
import io.github.sparklatent.inference.InferenceOptions;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticNormalFactorsTest {
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d");

    private static LogisticNormalFactors model(int factors) {
        return new LogisticNormalFactors(
                COLUMNS, new ModelSettings(Map.of("factors", (double) factors)));
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

    /** A fine trapezoidal sum over the factors; both errors are below 1e-8 for such loadings. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void quadratureAgreesWithAFineSum(int factors) {
        LogisticNormalFactors model = model(factors);
        double[] theta = DensityGradients.theta(model, 4);
        Block block = block();
        double expected = 0;
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
        }
        DMatrixRMaj draws = new DMatrixRMaj(1, theta.length, true, theta);
        assertThat(DensityGradients.logLikelihood(model, block, draws, 0))
                .isCloseTo(expected, within(1e-6));
    }

    /** The rule is exact for polynomials: E z⁴ = 3, and E z² w² = 1 for two factors. */
    @Test
    void nodesHaveTheMomentsOfANormalNumber() {
        GaussHermite rule = GaussHermite.of(2, 5);
        double[] moments = new double[4];
        for (int q = 0; q < 25; q++) {
            double weight = Math.exp(rule.logWeights()[q]);
            double z = rule.points().get(q, 0);
            double w = rule.points().get(q, 1);
            moments[0] += weight;
            moments[1] += weight * z * z * z * z;
            moments[2] += weight * z * z * w * w;
            moments[3] += weight * z * w;
        }
        assertThat(moments[0]).isCloseTo(1, within(1e-12));
        assertThat(moments[1]).isCloseTo(3, within(1e-11));
        assertThat(moments[2]).isCloseTo(1, within(1e-12));
        assertThat(moments[3]).isCloseTo(0, within(1e-12));
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
     * The true parameters are within 4 posterior deviations of the posterior mean; the sign of the
     * factor is free. Mean field gives deviations that are too small by √(1 − ρ²) with a
     * correlation of up to 0.7 between intercept and loading, which is within the 4.
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
        InferenceResult score =
                Inference.fit(
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
        assertThat(score.last().objective())
                .isCloseTo(path.last().objective(), within(5 * error + 0.1 / 300));
    }

    @Test
    void refusesOtherValues() {
        DMatrixRMaj rows = new DMatrixRMaj(2, 4, true, 0, 1, 0, 1, 0, 1, 2, 1);
        assertThatThrownBy(
                        () ->
                                Inference.fit(
                                        model(1),
                                        InMemoryRowBlocks.of(rows, 2),
                                        InferenceOptions.DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the column c has values other than 0 and 1");
    }
}
