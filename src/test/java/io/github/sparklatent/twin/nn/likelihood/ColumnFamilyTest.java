package io.github.sparklatent.twin.nn.likelihood;

import static io.github.sparklatent.twin.nn.likelihood.LikelihoodTest.checkColumn;
import static io.github.sparklatent.twin.nn.likelihood.LikelihoodTest.logDensity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.twin.GradientCheck;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each family of columns against SciPy, and as a distribution: its density adds up to 1, its mean is the mean of the
 * density, its draws have the density's moments.
 */
class ColumnFamilyTest {
    /** x, log Γ(x), ψ(x). */
    private static final double[][] GAMMA = {
        {1e-06, 13.81550998074943, -1000000.57721402},
        {0.3, 1.0957979948180756, -3.502524222200133},
        {1, 0.0, -0.5772156649015329},
        {2, 0.0, 0.42278433509846713},
        {11.9, 17.25847745059552, 2.4339335368825377},
        {12, 17.502307845873887, 2.4426616799758123},
        {500.5, 2608.2229044109863, 6.214608265088741},
        {442413, 5308950.026930418, 12.999997983764185}
    };

    private static Likelihood column(ColumnFamily family) {
        return new IndependentColumns(family, 1);
    }

    private static double[] counts(int length) {
        return IntStream.range(0, length).mapToDouble(i -> i).toArray();
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Counts up to 10,000: beyond, the tail of the widest distribution is below 1e-14. */
    @ParameterizedTest
    @CsvSource({"0.3, 0", "3, -2", "3, 5", "40, 1", "300, 2"})
    void negativeBinomial(double mean, double logShape) {
        checkColumn(
                column(ColumnFamily.NEGATIVE_BINOMIAL),
                new double[] {logShape},
                new double[] {Math.log(mean)},
                counts(10_000),
                ones(10_000));
    }

    /**
     * With x = m + √v sinh u, the trapezoidal rule of step h in u is exact to exp(−π² / h), and the density ends where
     * doubles do. The draws need a fourth moment.
     */
    @ParameterizedTest
    @CsvSource({"0.4, -1, 1.8", "-3, 2, 3", "1000, 0, 4"})
    void studentT(double mean, double logVariance, double logDegrees) {
        double deviation = Math.sqrt(1e-6 + Math.exp(logVariance));
        double h = 0.05;
        double[] u = IntStream.rangeClosed(-600, 600).mapToDouble(i -> i * h).toArray();
        double[] steps = Arrays.stream(u).map(v -> h * deviation * Math.cosh(v)).toArray();
        double[] grid =
                Arrays.stream(u).map(v -> mean + deviation * Math.sinh(v)).toArray();
        double[] own = {logVariance, logDegrees};
        checkColumn(column(ColumnFamily.STUDENT_T), own, new double[] {mean}, grid, steps);
    }

    /** The mass alone, of tails without a variance. */
    @ParameterizedTest
    @CsvSource({"-7", "-1", "0.5"})
    void studentTailsAddUp(double logDegrees) {
        double h = 0.05;
        double sum = 0;
        for (int i = -900; i <= 900; i++) {
            double[] own = {0, logDegrees};
            double x = Math.sqrt(1 + 1e-6) * Math.sinh(i * h);
            double density = logDensity(column(ColumnFamily.STUDENT_T), own, new double[] {0}, x);
            sum += h * Math.cosh(i * h) * Math.sqrt(1 + 1e-6) * Math.exp(density);
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    /**
     * Log densities that SciPy 1.10 gives. In SciPy's terms of up to 3e8 cancel for the largest count, so its rounding
     * is up to 1e-7.
     *
     * <pre>
     * from math import exp, sqrt
     * from scipy.stats import nbinom, t
     * nb = lambda x, m, r: nbinom.logpmf(x, r, r / (r + m))
     * st = lambda x, m, r, s: t.logpdf(x, 1 + exp(s), m, sqrt(1e-6 + exp(r)))
     * print(nb(0, 3, .5), nb(7, 3, .5), nb(2**24, 1e5, 40), nb(5, 4, 1e5))
     * print(st(1.5, .2, -1, 1), st(-1e18, .2, -1, 1), st(40, 3, 4, -3))
     * </pre>
     */
    @Test
    void logDensitiesAreThoseOfSciPy() {
        Likelihood nb = column(ColumnFamily.NEGATIVE_BINOMIAL);
        check(nb, 0, -0.9729550745276566, Math.log(3), Math.log(0.5));
        check(nb, 7, -3.615171900549846, Math.log(3), Math.log(0.5));
        check(nb, 1 << 24, -6480.368370532001, Math.log(1e5), Math.log(40));
        check(nb, 5, -1.856039936777563, Math.log(4), 10 + 3 * atanh((Math.log(1e5) - 10) / 3));
        Likelihood student = column(ColumnFamily.STUDENT_T);
        check(student, 1.5, -2.3832546267182315, 0.2, -1, 1);
        check(student, -1e18, -195.3028060553955, 0.2, -1, 1);
        check(student, 40, -6.429774939424968, 3, 4, -3);
    }

    /** The inverse of the bound of a logarithm of a shape, which is beyond its knee. */
    private static double atanh(double x) {
        return 0.5 * Math.log((1 + x) / (1 - x));
    }

    private static void check(Likelihood likelihood, double x, double expected, double output, double... own) {
        assertThat(logDensity(likelihood, own, new double[] {output}, x))
                .isCloseTo(expected, within(1e-10 * Math.max(1, Math.abs(expected))));
    }

    /** Outputs and parameters on the curved parts of the bounds, and values far away. */
    @ParameterizedTest
    @EnumSource(ColumnFamily.class)
    void slopesBeyondTheBounds(ColumnFamily family) {
        Likelihood likelihood = column(family);
        boolean numbers = family == ColumnFamily.STUDENT_T;
        for (double output : new double[] {-18, 0.5, 12, 18}) {
            for (double own : new double[] {-11, 0.3, 11}) {
                for (double x : new double[] {numbers ? -1e6 : 1, 3, 1000}) {
                    double[] outputs = new double[likelihood.outputs()];
                    Arrays.fill(outputs, output);
                    double[] parameters = new double[likelihood.parameters().size()];
                    Arrays.fill(parameters, own);
                    checkSlopes(likelihood, parameters, outputs, x);
                }
            }
        }
    }

    private static void checkSlopes(Likelihood likelihood, double[] parameters, double[] outputs, double x) {
        Likelihood.Worker worker = likelihood.worker(1, 0);
        DMatrixRMaj row = new DMatrixRMaj(1, 1, true, x);
        DMatrixRMaj at = new DMatrixRMaj(1, outputs.length, true, outputs);
        DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
        double[] gradient = new double[parameters.length];
        worker.logDensity(parameters, at, row, new double[1]);
        worker.gradient(at, row, new double[] {1}, slopes, gradient);
        GradientCheck.check("outputs", outputs, 0, slopes.data, () -> logDensity(likelihood, parameters, outputs, x));
        if (gradient[0] == -20) { // where the slope of a shape ends
            return;
        }
        GradientCheck.check(
                "parameters", parameters, 0, gradient, () -> logDensity(likelihood, parameters, outputs, x));
    }

    /**
     * The function and its derivative, as SciPy gives them:
     *
     * <pre>
     * from scipy.special import gammaln, digamma
     * for x in [1e-6, .3, 1, 2, 11.9, 12, 500.5, 442413]: print(gammaln(x), digamma(x))
     * </pre>
     */
    @Test
    void gammaFunctions() {
        for (double[] golden : GAMMA) {
            double logarithm = golden[1];
            double slope = golden[2];
            assertThat(GammaFunctions.logGamma(golden[0]))
                    .isCloseTo(logarithm, within(4e-15 * Math.max(1, Math.abs(logarithm))));
            assertThat(GammaFunctions.digamma(golden[0]))
                    .isCloseTo(slope, within(4e-15 * Math.max(1, Math.abs(slope))));
            double next = Math.log(golden[0]) + Math.log(golden[0] + 1);
            assertThat(GammaFunctions.logGammaRatio(golden[0], 2))
                    .isCloseTo(next, within(1e-14 * Math.max(1, Math.abs(next))));
        }
    }
}
