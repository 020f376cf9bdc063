package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentCellsTest {
    private static final double[] PARAMETERS = {1.5, 0.49, 3};

    @Test
    void theDensityIsThatOfALocationAndAScale() {
        TDistribution t = new TDistribution(3);
        for (double x : new double[] {-40, 0, 1.5, 2, 300}) {
            assertThat(StudentCells.logDensity(PARAMETERS, x))
                    .isCloseTo(t.logDensity((x - 1.5) / 0.7) - Math.log(0.7), within(1e-11));
        }
    }

    /** Sums about one m, moved to another, are the sums about the other: eight digits are left. */
    @Test
    void movedSumsAreThoseAboutTheOtherLocation() {
        double[] sums = new double[2 + StudentCells.STATISTICS];
        double[] expected = new double[sums.length];
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            double x = 100 + random.nextGaussian();
            double u = random.nextDouble();
            add(x - 1.5, u, sums);
            add(x - 99, u, expected);
        }
        StudentCells.moveCentre(sums, 2, 99 - 1.5);
        assertThat(sums).containsExactly(expected, within(1e-8));
    }

    private static void add(double y, double u, double[] sums) {
        sums[2]++;
        sums[3] += u;
        sums[4] += u * y;
        sums[5] += u * y * y;
        sums[6] += Math.log(u) - u;
    }

    /** The draws, and the steps of EM on them, give back the parameters. */
    @Test
    void estimatesOfDrawsAreTheParameters() {
        Random random = new Random(3);
        double[] x = new double[20_000];
        Arrays.setAll(x, i -> StudentCells.draw(PARAMETERS, random));
        double[] found = {0, 1, StudentCells.START_DEGREES};
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < 200; round++) {
            double logLikelihood = logLikelihood(x, found);
            assertThat(logLikelihood).isGreaterThanOrEqualTo(before - 1e-6);
            before = logLikelihood;
            found = StudentCells.step(sums(x, found), found, 0, 1);
        }
        assertThat(found[0]).isCloseTo(1.5, within(0.02));
        assertThat(found[1]).isCloseTo(0.49, within(0.02));
        assertThat(found[2]).isCloseTo(3, within(0.25));
    }

    private static double[] sums(double[] x, double[] found) {
        double[] sums = new double[StudentCells.STATISTICS];
        for (double value : x) {
            double y = value - found[0];
            double u = (found[2] + 1) / (found[2] + y * y / found[1]);
            sums[0]++;
            sums[1] += u;
            sums[2] += u * y;
            sums[3] += u * y * y;
            sums[4] += StudentCells.meanLog(0.5 * (found[2] + 1)) + Math.log(u) - u;
            sums[5] += u * u;
            sums[6] += u * u * u;
        }
        return sums;
    }

    private static double logLikelihood(double[] x, double[] parameters) {
        return Arrays.stream(x)
                .map(one -> StudentCells.logDensity(parameters, one))
                .sum();
    }

    private static double[] draws(int count, double... parameters) {
        Random random = new Random(3);
        double[] x = new double[count];
        Arrays.setAll(x, i -> StudentCells.draw(parameters, random));
        return x;
    }

    /** Returns the greatest log-likelihood, found by a simplex search over m, log v and log ν. */
    static double greatest(double[] x) {
        return new SimplexOptimizer(1e-12, 1e-10)
                .optimize(
                        new MaxEval(5_000),
                        GoalType.MAXIMIZE,
                        new ObjectiveFunction(p ->
                                logLikelihood(x, new double[] {p[0], Math.exp(p[1]), Math.exp(p[2])})),
                        new InitialGuess(new double[] {1, 0, 2}),
                        new NelderMeadSimplex(3))
                .getValue();
    }

    /**
     * Ten rounds come within 1e-5 nats per row of the optimum. Steps of EM alone are 6.6e-3, 8.8e-3 and 1.2e-3 below
     * it.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1.6, 3, 30})
    void fewRoundsReachTheOptimum(double degrees) {
        double[] x = draws(3_000, 1.5, 0.49, degrees);
        double[] found = {0, 1, StudentCells.START_DEGREES};
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < 10; round++) {
            double now = logLikelihood(x, found);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
            found = StudentCells.fit(sums(x, found), found, 0, 1);
        }
        assertThat(logLikelihood(x, found) / x.length).isCloseTo(greatest(x) / x.length, within(1e-5));
    }

    /** Between 1.5 and 200 degrees of freedom, the optimum for a Gaussian is the end. */
    @Test
    void aGaussianColumnReachesTheMostDegreesOfFreedom() {
        double[] x = draws(3_000, 0, 1, 1e6);
        Arrays.sort(x);
        Arrays.setAll(x, i -> Math.abs(x[i]) > 2.5 ? 0 : x[i]); // lighter tails than a Gaussian
        double[] found = {0, 1, StudentCells.START_DEGREES};
        for (int round = 0; round < 25; round++) {
            found = StudentCells.fit(sums(x, found), found, 0, 1);
        }
        assertThat(found[2]).isCloseTo(StudentCells.MAX_DEGREES, within(0.01));
    }

    /** The gain is at least the bound; near the start they differ by the fourth power of a step. */
    @Test
    void theBoundIsBelowTheGain() {
        double[] x = draws(500, 0.3, 2, 4);
        double[] before = {0, 1.5, 7};
        double weight = 3;
        double typical = 2;
        StudentCells.StudentBound bound = new StudentCells.StudentBound(sums(x, before), before, weight, typical);
        Random random = new Random(5);
        for (double size : new double[] {2, 0.5, 1e-2}) {
            for (int i = 0; i < 200; i++) {
                double[] after = {
                    0,
                    before[1] * Math.exp(size * random.nextGaussian()),
                    before[2] * Math.exp(size * random.nextGaussian())
                };
                double gain = logLikelihood(x, after)
                        - logLikelihood(x, before)
                        - 0.5 * weight * Math.log(after[1] / before[1])
                        - 0.5 * weight * typical * (1 / after[1] - 1 / before[1]);
                assertThat(bound.gain(after)).isLessThanOrEqualTo(gain + 1e-9);
                if (size == 1e-2) {
                    double d = Math.log(after[1] * after[2] / (before[1] * before[2]));
                    // The fourth derivative of a term of h is at most 1/8, and ½ (ν + 1) is 4.
                    double error = 500 * 4.2 * (1.0 / 8 + 1.0 / 4) / 24 * Math.pow(d, 4);
                    assertThat(bound.gain(after)).isCloseTo(gain, within(error + 1e-9));
                }
            }
        }
        double[] best = bound.greatest(1e-12);
        assertThat(bound.gain(best)).isPositive();
        for (double factor : new double[] {0.99, 1.01}) {
            double[] scale = {0, best[1] * factor, best[2]};
            double[] degrees = {0, best[1], best[2] * factor};
            assertThat(bound.gain(scale)).isLessThan(bound.gain(best));
            assertThat(bound.gain(degrees)).isLessThan(bound.gain(best));
        }
    }

    /** The means of the sums over 200,000 draws; their deviations are below 2, so 5 of the mean. */
    @Test
    void expectedSumsAreThoseOfDraws() {
        double[] x = draws(200_000, PARAMETERS);
        double[] sums =
                Arrays.stream(sums(x, PARAMETERS)).map(sum -> sum / x.length).toArray();
        assertThat(StudentCells.expected(PARAMETERS)).containsExactly(sums, within(5 * 2 / Math.sqrt(x.length)));
    }

    @Test
    void equalValuesHaveTheLeastScale() {
        double[] x = new double[50];
        double[] found = {0, 1, StudentCells.START_DEGREES};
        for (int round = 0; round < 50; round++) {
            found = StudentCells.fit(sums(x, found), found, 0, 1);
            assertThat(found[1]).isBetween(1e-12, 1.0);
            assertThat(found[2]).isBetween(StudentCells.MIN_DEGREES, 200.001);
        }
    }
}
