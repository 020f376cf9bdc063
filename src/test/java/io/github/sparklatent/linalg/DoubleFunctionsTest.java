package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds that the functions state, their ends, and the same bits from every kernel. */
class DoubleFunctionsTest {
    private static final int POINTS = 1000;

    private static final Map<String, DoubleElementary> KERNELS =
            ForcedWidths.all(
                    DoubleElementary.class,
                    Kernels.doubleFunctions(),
                    new DoubleScalarFunctions(),
                    "DoubleVectorFunctions");

    private interface Run {
        void run(DoubleElementary kernel, double[] in, int from, double[] out, int to, int length);
    }

    /** Each function, its truth, its bound in ulp and the numbers it is tried on. */
    private enum Function {
        EXP(DoubleElementary::exp, HighPrecision::exp, 1, DoubleSeries.UNDERFLOW, 88),
        LOG(DoubleElementary::log, HighPrecision::log, 1, 0, Double.MAX_VALUE),
        TANH(DoubleElementary::tanh, HighPrecision::tanh, 3, -25, 25),
        SIGMOID(DoubleElementary::sigmoid, HighPrecision::sigmoid, 3, DoubleSeries.UNDERFLOW, 100),
        SOFTPLUS(
                DoubleElementary::softplus,
                HighPrecision::softplus,
                3,
                DoubleSeries.UNDERFLOW,
                900);

        private final Run run;
        private final DoubleFunction<BigDecimal> truth;
        private final double bound;
        private final double low;
        private final double high;

        Function(Run run, DoubleFunction<BigDecimal> truth, double bound, double low, double high) {
            this.run = run;
            this.truth = truth;
            this.bound = bound;
            this.low = low;
            this.high = high;
        }

        double at(double x) {
            double[] number = {x};
            run.run(KERNELS.get("scalar"), number, 0, number, 0, 1);
            return number[0];
        }

        /** Half of them even over the range, half of them over all exponents within it. */
        double[] points() {
            SplittableRandom random = new SplittableRandom(ordinal());
            double[] points = new double[POINTS];
            for (int i = 0; i < POINTS; i++) {
                double x = (low / 2 + (high / 2 - low / 2) * random.nextDouble()) * 2;
                while (i % 2 == 1) {
                    double sign = low < 0 && random.nextBoolean() ? -1 : 1;
                    x = (sign * (1 + random.nextDouble()));
                    int least = Double.MIN_EXPONENT - 20;
                    x = Math.scalb(x, random.nextInt(least, Double.MAX_EXPONENT + 1));
                    if (x >= low && x <= high && x != 0) {
                        break;
                    }
                }
                points[i] = x;
            }
            return points;
        }
    }

    static Stream<String> kernels() {
        return KERNELS.keySet().stream();
    }

    @ParameterizedTest
    @EnumSource
    void errorsStayWithinTheirBound(Function function) {
        for (double x : function.points()) {
            BigDecimal truth = function.truth.apply(x);
            double found = function.at(x);
            double error = HighPrecision.ulps(found, truth, Math.ulp(truth.doubleValue()));
            assertThat(error).as("%s of %s is %s", function, x, found).isLessThan(function.bound);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sameBitsAtEveryPlace(String name) {
        DoubleElementary kernel = KERNELS.get(name);
        for (Function function : Function.values()) {
            double[] points = function.points();
            System.arraycopy(ENDS, 0, points, 20, ENDS.length);
            double[] expected = points.clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = function.at(points[i]);
            }
            for (int length : new int[] {0, 1, 2, 7, 15, 16, 17, 31, 33, 64, POINTS - 5}) {
                double[] out = new double[POINTS];
                function.run.run(kernel, points, 3, out, 1, length);
                double[] inPlace = points.clone();
                function.run.run(kernel, inPlace, 3, inPlace, 3, length);
                assertThat(Arrays.equals(out, 1, 1 + length, expected, 3, 3 + length)).isTrue();
                assertThat(Arrays.equals(inPlace, 3, 3 + length, expected, 3, 3 + length)).isTrue();
                assertThat(out[length + 1]).isZero();
                assertThat(inPlace[length + 3]).isEqualTo(points[length + 3]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void bernoulliIsMadeOfSoftplusAndSigmoid(String name) {
        DoubleElementary kernel = KERNELS.get(name);
        double[] logits = Function.SIGMOID.points();
        System.arraycopy(ENDS, 0, logits, 20, ENDS.length);
        double[] x = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = i % 7 / 6d;
        }
        for (int length : new int[] {0, 1, 2, 7, 15, 16, 17, 31, 33, 64, POINTS - 5}) {
            double[] probabilities = new double[POINTS];
            double[] terms = new double[POINTS];
            kernel.bernoulli(x, logits, 3, probabilities, terms, length);
            for (int i = 0; i < length; i++) {
                double a = logits[i + 3];
                double term = Math.fma(x[i + 3], a, -Function.SOFTPLUS.at(a));
                assertThat(bits(terms[i])).as("term of %s", a).isEqualTo(bits(term));
                assertThat(bits(probabilities[i + 3])).isEqualTo(bits(Function.SIGMOID.at(a)));
            }
            assertThat(terms[length]).isZero();
            assertThat(probabilities[length + 3]).isZero();
        }
    }

    private static final double[] ENDS = {
        0d,
        -0d,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        DoubleSeries.OVERFLOW,
        DoubleSeries.UNDERFLOW,
        DoubleSeries.FLAT,
        1d,
        -1d
    };

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }

    @Test
    void endsOfExpAndLog() {
        ends(Function.EXP, Double.NEGATIVE_INFINITY, 0d, 0d, 1d, -0d, 1d);
        ends(Function.EXP, 2000d, Double.POSITIVE_INFINITY, -2000d, 0d, Double.MIN_VALUE, 1d);
        ends(
                Function.EXP,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Double.NaN);
        ends(Function.LOG, 0d, Double.NEGATIVE_INFINITY, -0d, Double.NEGATIVE_INFINITY, 1d, 0d);
        ends(
                Function.LOG,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Double.NaN);
        ends(Function.LOG, -1d, Double.NaN, Double.NEGATIVE_INFINITY, Double.NaN);
        ends(Function.LOG, -Double.MIN_VALUE, Double.NaN);
    }

    @Test
    void endsOfTheOthers() {
        double least = Double.MIN_VALUE;
        ends(Function.TANH, 0d, 0d, -0d, -0d, least, least, -least, -least, Double.NaN, Double.NaN);
        ends(Function.TANH, Double.POSITIVE_INFINITY, 1d, Double.NEGATIVE_INFINITY, -1d, 30d, 1d);
        ends(Function.SIGMOID, 0d, 0.5d, -0d, 0.5d, least, 0.5d, 2000d, 1d, -2000d, 0d);
        ends(Function.SIGMOID, Double.POSITIVE_INFINITY, 1d, Double.NEGATIVE_INFINITY, 0d);
        ends(Function.SIGMOID, Double.NaN, Double.NaN);
        ends(Function.SOFTPLUS, 2000d, 2000d, -2000d, 0d, Double.NaN, Double.NaN);
        ends(Function.SOFTPLUS, Double.NEGATIVE_INFINITY, 0d, Double.MAX_VALUE, Double.MAX_VALUE);
        ends(Function.SOFTPLUS, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static void ends(Function function, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            double found = function.at(pairs[i]);
            assertThat(bits(found))
                    .as("%s of %s", function, pairs[i])
                    .isEqualTo(bits(pairs[i + 1]));
        }
    }

    @Test
    void rangesBeyondTheArraysAreErrors() {
        assertThatThrownBy(() -> DoubleFunctions.exp(new double[3], 1, new double[9], 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> DoubleFunctions.exp(new double[9], 0, new double[3], 1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theFunctionsAreThoseOfTheKernel() {
        double[] x = {0.3d};
        double[] y = new double[5];
        DoubleFunctions.exp(x, 0, y, 0, 1);
        DoubleFunctions.log(x, 0, y, 1, 1);
        DoubleFunctions.tanh(x, 0, y, 2, 1);
        DoubleFunctions.sigmoid(x, 0, y, 3, 1);
        DoubleFunctions.softplus(x, 0, y, 4, 1);
        for (Function function : Function.values()) {
            assertThat(y[function.ordinal()]).isEqualTo(function.at(x[0]));
        }
    }
}
