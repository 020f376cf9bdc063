package io.github.sparklatent.twin.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.GammaFunctions;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each distribution as one: its density adds up to 1, its mean is the mean of the density, its draws have the density's
 * moments. Monte-Carlo bounds are five standard errors.
 */
class LikelihoodTest {
    private static final int DRAWS = 20_000;

    /** Of sums of some thousand terms about 1: their rounding, and tails left out of the grids. */
    private static final double SUM = 1e-9;

    private static double density(Likelihood likelihood, double[] own, double[] outputs, double... x) {
        double[] density = new double[1];
        likelihood.worker(1, 0).logDensity(own, row(outputs), row(x), density);
        return Math.exp(density[0]);
    }

    private static double[] mean(Likelihood likelihood, double[] own, double[] outputs) {
        DMatrixRMaj mean = new DMatrixRMaj(1, 1);
        likelihood.worker(1, 0).mean(own, row(outputs), mean);
        assertThat(mean.numCols).isEqualTo(likelihood.width());
        return mean.data;
    }

    private static DMatrixRMaj draws(Likelihood likelihood, double[] own, double[] outputs) {
        DMatrixRMaj many = new DMatrixRMaj(DRAWS, outputs.length);
        for (int i = 0; i < DRAWS; i++) {
            System.arraycopy(outputs, 0, many.data, i * outputs.length, outputs.length);
        }
        DMatrixRMaj draws = new DMatrixRMaj(1, 1);
        Likelihood.Worker worker = likelihood.worker(DRAWS, 0);
        worker.sample(own, many, new SplittableRandom(7), draws);
        return draws;
    }

    private static DMatrixRMaj row(double[] numbers) {
        return new DMatrixRMaj(1, numbers.length, true, numbers);
    }

    private static void checkColumn(Likelihood likelihood, double[] own, double[] outputs, double[] grid, double step) {
        double[] steps = new double[grid.length];
        Arrays.fill(steps, step);
        checkColumn(likelihood, own, outputs, grid, steps);
    }

    /** A density of one column on a grid of points with their weights: mass, mean and draws. */
    static void checkColumn(Likelihood likelihood, double[] own, double[] outputs, double[] grid, double[] steps) {
        double[] p = new double[grid.length];
        Arrays.setAll(p, i -> steps[i] * density(likelihood, own, outputs, grid[i]));
        double mean = moment(grid, p, x -> x);
        assertThat(moment(grid, p, x -> 1)).isCloseTo(1, within(SUM));
        assertThat(mean(likelihood, own, outputs)[0]).isCloseTo(mean, within(SUM * grid.length));
        double variance = moment(grid, p, x -> (x - mean) * (x - mean));
        double fourth = moment(grid, p, x -> Math.pow(x - mean, 4));
        double[] draws = draws(likelihood, own, outputs).data;
        double drawn = Arrays.stream(draws).average().orElseThrow();
        double spread = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).sum() / DRAWS;
        assertThat(drawn).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
        double error = Math.sqrt((fourth - variance * variance) / DRAWS);
        assertThat(spread).isCloseTo(variance, within(5 * error + SUM));
    }

    private static double moment(double[] grid, double[] p, DoubleUnaryOperator f) {
        return IntStream.range(0, grid.length)
                .mapToDouble(i -> p[i] * f.applyAsDouble(grid[i]))
                .sum();
    }

    /** Around a mean, 12 deviations each way: the trapezoidal rule is exact to rounding there. */
    private static double[] grid(double mean, double deviation) {
        return IntStream.rangeClosed(-120, 120)
                .mapToDouble(i -> mean + deviation * i / 10)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -1.5, 0, 0.7, 30})
    void bernoulli(double logit) {
        checkColumn(new Bernoulli(1), new double[0], new double[] {logit}, new double[] {0, 1}, 1);
    }

    @Test
    void bernoulliOfGreyIsMinusTheCrossEntropy() {
        double p = 1 / (1 + Math.exp(-0.7));
        double entropy = -0.3 * Math.log(p) - 0.7 * Math.log(1 - p);
        assertThat(density(new Bernoulli(1), null, new double[] {0.7}, 0.3))
                .isCloseTo(Math.exp(-entropy), within(1e-14));
    }

    @Test
    void bernoulliStandsLargeLogits() {
        double[] density = new double[1];
        new Bernoulli(2)
                .worker(1, 0)
                .logDensity(null, row(new double[] {1e4, -1e4}), row(new double[] {0, 1}), density);
        assertThat(density[0]).isEqualTo(-2e4);
    }

    @Test
    void gaussianOfAFixedVariance() {
        checkColumn(Gaussian.fixed(1, 0.25), null, new double[] {1.3}, grid(1.3, 0.5), 0.05);
    }

    @Test
    void gaussianOfALearntVariance() {
        double[] own = {1.2};
        double deviation = Math.sqrt(1e-6 + Math.exp(1.2));
        checkColumn(Gaussian.learnt(1), own, new double[] {-2}, grid(-2, deviation), deviation / 10);
    }

    /** A column that the mean reproduces: ½ log(1 / 2πv), v no less than 10⁻⁶, finite slopes. */
    @ParameterizedTest
    @ValueSource(doubles = {-20, -1e3, -1e30})
    void aLearntVarianceHasABound(double raw) {
        double[] own = {raw};
        double bounded = density(Gaussian.learnt(1), own, new double[] {3}, 3);
        double variance = 1e-6 + Math.exp(raw);
        assertThat(bounded).isCloseTo(1 / Math.sqrt(2 * Math.PI * variance), within(1e-9));
        Likelihood.Worker worker = Gaussian.learnt(1).worker(1, 0);
        DMatrixRMaj slope = new DMatrixRMaj(1, 1);
        double[] gradient = new double[1];
        DMatrixRMaj x = row(new double[] {3});
        worker.logDensity(own, x, x, new double[1]);
        worker.gradient(x, x, new double[] {1}, slope, gradient);
        double share = Math.exp(raw) / variance;
        assertThat(gradient[0]).isCloseTo(-share / 2, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-40, -1, 3})
    void gaussianOfAVarianceOfItsOwn(double raw) {
        double deviation = Math.sqrt(0.01 + Math.log1p(Math.exp(raw)));
        checkColumn(new OutputGaussian(1, 0.01), null, new double[] {0.4, raw}, grid(0.4, deviation), deviation / 10);
    }

    /**
     * Beyond 10 deviations the density falls as the power 100 of the distance. Central differences of step h are off by
     * h² times the third derivative, below 1, and by the rounding of log densities up to 5,000, divided by h.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 9.99, 10.01, 50, 1e4, 1e18})
    void gaussianTailsAreAPowerOfTheDistance(double deviations) {
        double raw = 0.3;
        double variance = 1e-6 + Math.exp(raw);
        double ownVariance = 0.01 + Math.log1p(Math.exp(raw));
        checkTail(Gaussian.learnt(1), new double[] {raw}, new double[] {1}, variance, deviations);
        checkTail(Gaussian.fixed(1, 0.25), new double[0], new double[] {1}, 0.25, deviations);
        checkTail(new OutputGaussian(1, 0.01), new double[0], new double[] {1, raw}, ownVariance, deviations);
    }

    private static void checkTail(
            Likelihood likelihood, double[] own, double[] outputs, double variance, double deviations) {
        double x = 1 - deviations * Math.sqrt(variance);
        double squares = deviations > 10 ? 100 * (1 + 2 * Math.log(deviations / 10)) : deviations * deviations;
        double expected = -0.5 * (squares + Math.log(2 * Math.PI * variance));
        assertThat(logDensity(likelihood, own, outputs, x)).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
        double[] ofOwn = new double[own.length];
        DMatrixRMaj ofOutputs = new DMatrixRMaj(1, outputs.length);
        Likelihood.Worker worker = likelihood.worker(1, 0);
        DMatrixRMaj row = row(new double[] {x});
        worker.logDensity(own, row(outputs), row, new double[1]);
        worker.gradient(row(outputs), row, new double[] {1}, ofOutputs, ofOwn);
        checkSlopes(likelihood, own, outputs, x, own, ofOwn);
        checkSlopes(likelihood, own, outputs, x, outputs, ofOutputs.data);
    }

    private static void checkSlopes(
            Likelihood likelihood, double[] own, double[] outputs, double x, double[] moved, double[] slopes) {
        double h = 1e-4;
        for (int j = 0; j < moved.length; j++) {
            double before = moved[j];
            moved[j] = before + h;
            double above = logDensity(likelihood, own, outputs, x);
            moved[j] = before - h;
            double below = logDensity(likelihood, own, outputs, x);
            moved[j] = before;
            assertThat(slopes[j]).isCloseTo((above - below) / (2 * h), within(1e-6));
        }
    }

    static double logDensity(Likelihood likelihood, double[] own, double[] outputs, double x) {
        double[] density = new double[1];
        likelihood.worker(1, 0).logDensity(own, row(outputs), row(new double[] {x}), density);
        return density[0];
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 3, 9.99, 10, 42, 300})
    void poisson(double rate) {
        double[] counts = IntStream.range(0, 700).mapToDouble(i -> i).toArray();
        double[] outputs = {Math.log(rate)};
        checkColumn(new Poisson(1), null, outputs, counts, 1);
        double[] draws = draws(new Poisson(1), null, outputs).data;
        for (double count : counts) {
            double p = density(new Poisson(1), null, outputs, count);
            double drawn = Arrays.stream(draws).filter(x -> x == count).count() / (double) DRAWS;
            // Bernstein's inequality: a binomial share is this far off with probability 1e-6.
            double far = Math.sqrt(28 * p * (1 - p) / DRAWS) + 10.0 / DRAWS;
            assertThat(drawn).as("share of %s", count).isCloseTo(p, within(far));
        }
    }

    @Test
    void poissonDrawsOfRatesBeyondAllCountsAreTheRates() {
        assertThat(PoissonSampler.draw(1e16, new SplittableRandom(1))).isEqualTo(1e16);
        assertThat(PoissonSampler.draw(Double.NaN, new SplittableRandom(1))).isNaN();
        assertThat(PoissonSampler.draw(0, new SplittableRandom(1))).isZero();
    }

    @Test
    void factorials() {
        assertThat(GammaFunctions.logFactorial(0)).isZero();
        assertThat(GammaFunctions.logFactorial(10)).isCloseTo(Math.log(3_628_800), within(1e-13));
        double sum = 0;
        for (int x = 2; x < 1000; x++) {
            sum += Math.log(x);
            // A thousand roundings of sums up to 6,000.
            assertThat(GammaFunctions.logFactorial(x)).isCloseTo(sum, within(1e3 * 0x1.0p-53 * sum));
        }
    }

    @Test
    void categorical() {
        Categorical likelihood = new Categorical(3, false);
        double[] outputs = {0.3, 1000.2, 999.1};
        double[] mean = mean(likelihood, null, outputs);
        DMatrixRMaj draws = draws(likelihood, null, outputs);
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double[] x = new double[3];
            x[k] = 1;
            double p = density(likelihood, null, outputs, x);
            sum += p;
            assertThat(mean[k]).isCloseTo(p, within(SUM));
            double drawn = 0;
            for (int i = 0; i < DRAWS; i++) {
                drawn += draws.get(i, k) / DRAWS;
            }
            assertThat(drawn).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / DRAWS)));
        }
        assertThat(sum).isCloseTo(1, within(SUM));
        for (int i = 0; i < DRAWS; i++) {
            assertThat(draws.get(i, 0) + draws.get(i, 1) + draws.get(i, 2)).isEqualTo(1);
        }
    }

    /** The reference is a further category, whose output is 0. */
    @Test
    void aReferenceIsACategoryWithoutColumn() {
        Categorical likelihood = new Categorical(2, true);
        Categorical withColumn = new Categorical(3, false);
        for (double[] outputs : new double[][] {{0.3, -0.9}, {1000.2, 999.1}, {-800, -1}}) {
            double[] all = {0, outputs[0], outputs[1]};
            double[] mean = mean(likelihood, null, outputs);
            DMatrixRMaj draws = draws(likelihood, null, outputs);
            double none = 1;
            for (int k = 0; k < 3; k++) {
                double[] x = new double[3];
                x[k] = 1;
                double p = density(withColumn, null, all, x);
                double[] columns = {x[1], x[2]};
                assertThat(density(likelihood, null, outputs, columns)).isCloseTo(p, within(SUM));
                if (k > 0) {
                    assertThat(mean[k - 1]).isCloseTo(p, within(SUM));
                    double drawn = 0;
                    for (int i = 0; i < DRAWS; i++) {
                        drawn += draws.get(i, k - 1) / DRAWS;
                    }
                    assertThat(drawn).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / DRAWS)));
                    none -= drawn;
                }
            }
            double rest = none;
            double p = density(likelihood, null, outputs, new double[2]);
            assertThat(rest).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / DRAWS) + SUM));
        }
    }

    @Test
    void compositeIsTheProductOfItsGroups() {
        Composite likelihood = new Composite(List.of(
                new Composite.Group(List.of(1), Gaussian.learnt(1)),
                new Composite.Group(List.of(2, 0), new Categorical(2, false)),
                new Composite.Group(List.of(3), Gaussian.learnt(1))));
        double[] own = {0.2, -0.4};
        double[] outputs = {0.5, 1, 2, -3};
        double[] x = {0, 0.9, 1, -2.5};
        double expected = density(Gaussian.learnt(1), new double[] {0.2}, new double[] {0.5}, 0.9)
                * density(new Categorical(2, false), null, new double[] {1, 2}, 1, 0)
                * density(Gaussian.learnt(1), new double[] {-0.4}, new double[] {-3}, -2.5);
        assertThat(density(likelihood, own, outputs, x)).isCloseTo(expected, within(1e-14));
        double first = 1 / (1 + Math.exp(1));
        double[] mean = mean(likelihood, own, outputs);
        assertThat(mean[0]).isCloseTo(1 - first, within(1e-14));
        assertThat(mean[1]).isEqualTo(0.5);
        assertThat(mean[2]).isCloseTo(first, within(1e-14));
        assertThat(mean[3]).isEqualTo(-3);
        DMatrixRMaj draws = draws(likelihood, own, outputs);
        double[] drawn = new double[4];
        for (int i = 0; i < DRAWS; i++) {
            assertThat(draws.get(i, 0) + draws.get(i, 2)).isEqualTo(1);
            for (int j = 0; j < 4; j++) {
                drawn[j] += draws.get(i, j) / DRAWS;
            }
        }
        for (int j = 0; j < 4; j++) { // no column's deviation is above exp 0.1
            assertThat(drawn[j]).isCloseTo(mean[j], within(5 * Math.exp(0.1) / Math.sqrt(DRAWS)));
        }
    }
}
