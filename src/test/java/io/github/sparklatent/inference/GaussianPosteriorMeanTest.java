package io.github.sparklatent.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The posterior of a Gaussian mean, which has a closed form. */
class GaussianPosteriorMeanTest {
    /** Deviations of the columns that differ 30-fold, without and with a correlation of 0.8. */
    private static final double[] INDEPENDENT = {1, 0, 0, 900};

    private static final double[] CORRELATED = {1 / 0.36, -24 / 0.36, -24 / 0.36, 900 / 0.36};

    private static final int ROWS = 200;

    private static DMatrixRMaj rows() {
        Random random = new Random(7);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            rows.set(i, 0, 3 + random.nextGaussian());
            rows.set(i, 1, -1 + random.nextGaussian() / 30);
        }
        return rows;
    }

    private static double sum(DMatrixRMaj rows, int column) {
        return IntStream.range(0, ROWS).mapToDouble(i -> rows.get(i, column)).sum();
    }

    private static InferenceOptions options(PosteriorForm form, GradientEstimator estimator) {
        return InferenceOptions.DEFAULT.withPosterior(form).withEstimator(estimator);
    }

    /**
     * q can be the posterior. The noise of both estimators vanishes there, so what is left is the error of the last
     * step: far below 1% of a deviation. The ELBO is the log evidence, log p(X, θ) − log p(θ | X) for any θ, and its
     * estimate has no noise.
     */
    @ParameterizedTest
    @CsvSource({
        "MEAN_FIELD, REPARAMETERIZED, false",
        "MEAN_FIELD, SCORE_FUNCTION, false",
        "FULL, REPARAMETERIZED, true",
        "FULL, SCORE_FUNCTION, true"
    })
    void bothEstimatorsReachTheExactPosterior(PosteriorForm form, GradientEstimator estimator, boolean correlated) {
        double[] precision = correlated ? CORRELATED : INDEPENDENT;
        DMatrixRMaj rows = rows();
        GaussianMean model = new GaussianMean(precision, 0.5, estimator == GradientEstimator.REPARAMETERIZED);

        InferenceResult result = Inference.fit(model, InMemoryRowBlocks.of(rows, 64), options(form, estimator));

        DMatrixRMaj mean = model.posteriorMean(ROWS, sum(rows, 0), sum(rows, 1));
        DMatrixRMaj a = model.posteriorPrecision(ROWS);
        DMatrixRMaj covariance = new DMatrixRMaj(a);
        CommonOps_DDRM.invert(covariance);
        double[] deviations = result.posterior().deviations();
        for (int j = 0; j < 2; j++) {
            double exact = Math.sqrt(covariance.get(j, j));
            assertThat(result.posterior().mean()[j]).isCloseTo(mean.data[j], within(0.01 * exact));
            assertThat(deviations[j] / exact).isCloseTo(1, within(0.01));
        }
        assertThat(result.converged()).isTrue();
        double[] theta = mean.data.clone();
        DMatrixRMaj draw = DMatrixRMaj.wrap(1, 2, theta);
        DMatrixRMaj densities = new DMatrixRMaj(1, ROWS);
        model.likelihood(draw).evaluate(Block.of(rows), densities, null);
        double logPosterior = 0.5 * Cholesky.of(a).orElseThrow().logDeterminant() - Math.log(2 * Math.PI);
        double evidence = Arrays.stream(densities.data).sum() + model.logPrior(theta, null) - logPosterior;
        Round last = result.last();
        assertThat(last.error() * ROWS).isLessThan(0.01);
        assertThat(last.objective() * ROWS).isCloseTo(evidence, within(5 * last.error() * ROWS + 1e-3));
    }

    /**
     * The best mean-field q of a correlated posterior has its mean and the conditional deviations A_jj^(−1/2) (Bishop
     * 2006, section 10.1.2). Here noise is left. The gradient in units of a deviation has a variance of order 1 / S,
     * and the mean of two windows of 50 rounds with 10 draws each has an error of about 1 / √1000 = 3%; five times this
     * is allowed.
     */
    @ParameterizedTest
    @EnumSource(GradientEstimator.class)
    void meanFieldFindsTheConditionalDeviations(GradientEstimator estimator) {
        DMatrixRMaj rows = rows();
        GaussianMean model = new GaussianMean(CORRELATED, 0.5, true);
        InferenceResult result =
                Inference.fit(model, InMemoryRowBlocks.of(rows, 64), options(PosteriorForm.MEAN_FIELD, estimator));

        DMatrixRMaj mean = model.posteriorMean(ROWS, sum(rows, 0), sum(rows, 1));
        DMatrixRMaj a = model.posteriorPrecision(ROWS);
        double[] deviations = result.posterior().deviations();
        for (int j = 0; j < 2; j++) {
            double best = 1 / Math.sqrt(a.get(j, j));
            assertThat(result.posterior().mean()[j]).isCloseTo(mean.data[j], within(0.16 * best));
            assertThat(deviations[j] / best).isCloseTo(1, within(0.16));
        }
    }

    @Test
    void weightsCountAsRows() {
        DMatrixRMaj rows = rows();
        GaussianMean model = new GaussianMean(INDEPENDENT, 0.5, true);
        double[] twice = new double[ROWS];
        Arrays.fill(twice, 2);
        InMemoryRowBlocks data = new InMemoryRowBlocks(List.of(List.of(new Block(rows, twice, ROWS))));
        GaussianPosterior q =
                Inference.fit(model, data, InferenceOptions.DEFAULT).posterior();

        assertThat(q.deviations()[0]).isCloseTo(1 / Math.sqrt(2 * ROWS + 0.5), within(0.01 / Math.sqrt(2 * ROWS)));
    }

    /** Weights that sum to less than the number of rows have only ratios. */
    @Test
    void smallWeightsCountAsTheEffectiveNumberOfRows() {
        DMatrixRMaj rows = rows();
        GaussianMean model = new GaussianMean(INDEPENDENT, 0.5, true);
        double[] small = new double[ROWS];
        Arrays.fill(small, 1e-3);
        InMemoryRowBlocks data = new InMemoryRowBlocks(List.of(List.of(new Block(rows, small, ROWS))));
        GaussianPosterior q =
                Inference.fit(model, data, InferenceOptions.DEFAULT).posterior();

        assertThat(q.deviations()[0]).isCloseTo(1 / Math.sqrt(ROWS + 0.5), within(0.01 / Math.sqrt(ROWS)));
    }

    @Test
    void resumesFromAnyRoundWithTheSameBits() {
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows(), 64);
        GaussianMean model = new GaussianMean(CORRELATED, 0.5, true);
        InferenceOptions options =
                InferenceOptions.DEFAULT.withPosterior(PosteriorForm.FULL).withStopping(new StoppingRule(170, 0.1));
        List<EmState<VariationalState>> states = new ArrayList<>();
        InferenceResult whole = Inference.fit(model, data, options, null, (round, state) -> states.add(state));

        for (int at : new int[] {0, 49, 120, 169}) {
            InferenceResult rest = Inference.fit(model, data, options, states.get(at), (round, state) -> {});
            assertThat(rest.posterior().pack()).isEqualTo(whole.posterior().pack());
            assertThat(rest.last().objective()).isEqualTo(whole.last().objective());
        }
        assertThat(whole.converged()).isFalse();
        assertThat(whole.history()).hasSize(171);
    }

    @Test
    void toleranceZeroEndsOnlyAtTheMaximumOfRounds() {
        InferenceResult result = Inference.fit(
                new GaussianMean(INDEPENDENT, 0.5, true),
                InMemoryRowBlocks.of(rows(), 64),
                InferenceOptions.DEFAULT.withStopping(new StoppingRule(700, 0)));
        assertThat(result.converged()).isFalse();
        assertThat(result.history()).hasSize(701);
    }

    /** The mean of one window when a single round is permitted: q before the step. */
    @Test
    void oneRoundIsEnoughForAResult() {
        InferenceResult result = Inference.fit(
                new GaussianMean(INDEPENDENT, 0.5, true),
                InMemoryRowBlocks.of(rows(), 64),
                InferenceOptions.DEFAULT.withStopping(new StoppingRule(1, 0.1)));
        assertThat(result.posterior().mean()).containsExactly(0, 0);
    }

    /** A density that is 0 for a negative mean of the first column, or not a number at all. */
    private record Bounded(GaussianMean inner, double bound) implements BayesianModel {
        @Override
        public Parameters parameters() {
            return inner.parameters();
        }

        @Override
        public double logPrior(double[] theta, double[] gradient) {
            double log = inner.logPrior(theta, gradient);
            return theta[0] < bound ? Double.NEGATIVE_INFINITY : log;
        }

        @Override
        public Likelihood likelihood(DMatrixRMaj draws) {
            return inner.likelihood(draws);
        }
    }

    @ParameterizedTest
    @EnumSource(GradientEstimator.class)
    void drawsWithoutADensityAreLeftOut(GradientEstimator estimator) {
        DMatrixRMaj rows = rows();
        GaussianMean inner = new GaussianMean(INDEPENDENT, 0.5, true);
        InferenceResult result = Inference.fit(
                new Bounded(inner, 0), InMemoryRowBlocks.of(rows, 64), options(PosteriorForm.MEAN_FIELD, estimator));

        assertThat(result.events())
                .singleElement()
                .asString()
                .contains("a density that is no finite number were left out");
        // The bound is 40 deviations from the posterior, which it does not change.
        assertThat(result.posterior().mean()[0])
                .isCloseTo(
                        inner.posteriorMean(ROWS, sum(rows, 0), sum(rows, 1)).data[0], within(0.01 / Math.sqrt(ROWS)));
    }

    @Test
    void aDensityThatIsNowhereFiniteIsOneSentence() {
        assertThatThrownBy(() -> Inference.fit(
                        new Bounded(new GaussianMean(INDEPENDENT, 0.5, true), 9),
                        InMemoryRowBlocks.of(rows(), 64),
                        InferenceOptions.DEFAULT))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("a finite number for 0 of 10 draws");
    }

    @Test
    void refusesAModelWithoutGradients() {
        assertThatThrownBy(() -> Inference.fit(
                        new GaussianMean(INDEPENDENT, 0.5, false),
                        InMemoryRowBlocks.of(rows(), 64),
                        InferenceOptions.DEFAULT))
                .hasMessageContaining("has no gradients")
                .hasMessageContaining("score-function");
    }

    /** log (1/S) Σ_s N(x; θ_s, 1), where a draw of NaN has no part. */
    @Test
    void predictiveDensityIsTheMeanOverDraws() {
        GaussianMean model = new GaussianMean(INDEPENDENT, 0.5, true);
        DMatrixRMaj rows = new DMatrixRMaj(2, 2, true, 3, -1, 1e200, 0);
        DMatrixRMaj draws = new DMatrixRMaj(3, 2, true, 3, -1, 2, -1.02, Double.NaN, 0);
        double[] found = new PredictiveDensity(model, draws).evaluate(Block.of(rows));

        double constant = Math.log(30 / (2 * Math.PI));
        double second = -0.5 - 0.5 * 900 * 0.02 * 0.02;
        assertThat(found[0]).isCloseTo(constant + Math.log((1 + Math.exp(second)) / 3), within(1e-12));
        assertThat(found[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
