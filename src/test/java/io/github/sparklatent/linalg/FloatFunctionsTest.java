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
class FloatFunctionsTest {
    private static final int POINTS = 1000;

    private static final Map<String, FloatElementary> KERNELS =
            ForcedWidths.all(
                    FloatElementary.class,
                    Kernels.floatFunctions(),
                    new FloatScalarFunctions(),
                    "FloatVectorFunctions");

    private interface Run {
        void run(FloatElementary kernel, float[] in, int from, float[] out, int to, int length);
    }

    /** Each function, its truth, its bound in ulp and the numbers it is tried on. */
    private enum Function {
        EXP(FloatElementary::exp, HighPrecision::exp, 1, FloatSeries.UNDERFLOW, 88),
        LOG(FloatElementary::log, HighPrecision::log, 1, 0, Float.MAX_VALUE),
        TANH(FloatElementary::tanh, HighPrecision::tanh, 3, -25, 25),
        SIGMOID(FloatElementary::sigmoid, HighPrecision::sigmoid, 3, FloatSeries.UNDERFLOW, 100),
        SOFTPLUS(FloatElementary::softplus, HighPrecision::softplus, 3, FloatSeries.UNDERFLOW, 900);

        private final Run run;
        private final DoubleFunction<BigDecimal> truth;
        private final double bound;
        private final float low;
        private final float high;

        Function(Run run, DoubleFunction<BigDecimal> truth, double bound, float low, float high) {
            this.run = run;
            this.truth = truth;
            this.bound = bound;
            this.low = low;
            this.high = high;
        }

        float at(float x) {
            float[] number = {x};
            run.run(KERNELS.get("scalar"), number, 0, number, 0, 1);
            return number[0];
        }

        /** Half of them even over the range, half of them over all exponents within it. */
        float[] points() {
            SplittableRandom random = new SplittableRandom(ordinal());
            float[] points = new float[POINTS];
            for (int i = 0; i < POINTS; i++) {
                float x = (float) (low / 2 + (high / 2 - low / 2) * random.nextDouble()) * 2;
                while (i % 2 == 1) {
                    double sign = low < 0 && random.nextBoolean() ? -1 : 1;
                    x = (float) (sign * (1 + random.nextDouble()));
                    int least = Float.MIN_EXPONENT - 20;
                    x = Math.scalb(x, random.nextInt(least, Float.MAX_EXPONENT + 1));
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
        for (float x : function.points()) {
            BigDecimal truth = function.truth.apply(x);
            float found = function.at(x);
            double error = HighPrecision.ulps(found, truth, Math.ulp(truth.floatValue()));
            assertThat(error).as("%s of %s is %s", function, x, found).isLessThan(function.bound);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sameBitsAtEveryPlace(String name) {
        FloatElementary kernel = KERNELS.get(name);
        for (Function function : Function.values()) {
            float[] points = function.points();
            System.arraycopy(ENDS, 0, points, 20, ENDS.length);
            float[] expected = points.clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = function.at(points[i]);
            }
            for (int length : new int[] {0, 1, 2, 7, 15, 16, 17, 31, 33, 64, POINTS - 5}) {
                float[] out = new float[POINTS];
                function.run.run(kernel, points, 3, out, 1, length);
                float[] inPlace = points.clone();
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
        FloatElementary kernel = KERNELS.get(name);
        float[] logits = Function.SIGMOID.points();
        System.arraycopy(ENDS, 0, logits, 20, ENDS.length);
        float[] x = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = i % 7 / 6f;
        }
        for (int length : new int[] {0, 1, 2, 7, 15, 16, 17, 31, 33, 64, POINTS - 5}) {
            float[] probabilities = new float[POINTS];
            float[] terms = new float[POINTS];
            kernel.bernoulli(x, logits, 3, probabilities, terms, length);
            for (int i = 0; i < length; i++) {
                float a = logits[i + 3];
                float term = Math.fma(x[i + 3], a, -Function.SOFTPLUS.at(a));
                assertThat(bits(terms[i])).as("term of %s", a).isEqualTo(bits(term));
                assertThat(bits(probabilities[i + 3])).isEqualTo(bits(Function.SIGMOID.at(a)));
            }
            assertThat(terms[length]).isZero();
            assertThat(probabilities[length + 3]).isZero();
        }
    }

    private static final float[] ENDS = {
        0f,
        -0f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        FloatSeries.OVERFLOW,
        FloatSeries.UNDERFLOW,
        FloatSeries.FLAT,
        1f,
        -1f
    };

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }

    @Test
    void endsOfExpAndLog() {
        ends(Function.EXP, Float.NEGATIVE_INFINITY, 0f, 0f, 1f, -0f, 1f);
        ends(Function.EXP, 2000f, Float.POSITIVE_INFINITY, -2000f, 0f, Float.MIN_VALUE, 1f);
        ends(Function.EXP, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, Float.NaN);
        ends(Function.LOG, 0f, Float.NEGATIVE_INFINITY, -0f, Float.NEGATIVE_INFINITY, 1f, 0f);
        ends(Function.LOG, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, Float.NaN);
        ends(Function.LOG, -1f, Float.NaN, Float.NEGATIVE_INFINITY, Float.NaN);
        ends(Function.LOG, -Float.MIN_VALUE, Float.NaN);
    }

    @Test
    void endsOfTheOthers() {
        float least = Float.MIN_VALUE;
        ends(Function.TANH, 0f, 0f, -0f, -0f, least, least, -least, -least, Float.NaN, Float.NaN);
        ends(Function.TANH, Float.POSITIVE_INFINITY, 1f, Float.NEGATIVE_INFINITY, -1f, 30f, 1f);
        ends(Function.SIGMOID, 0f, 0.5f, -0f, 0.5f, least, 0.5f, 2000f, 1f, -2000f, 0f);
        ends(Function.SIGMOID, Float.POSITIVE_INFINITY, 1f, Float.NEGATIVE_INFINITY, 0f);
        ends(Function.SIGMOID, Float.NaN, Float.NaN);
        ends(Function.SOFTPLUS, 2000f, 2000f, -2000f, 0f, Float.NaN, Float.NaN);
        ends(Function.SOFTPLUS, Float.NEGATIVE_INFINITY, 0f, Float.MAX_VALUE, Float.MAX_VALUE);
        ends(Function.SOFTPLUS, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    private static void ends(Function function, float... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            float found = function.at(pairs[i]);
            assertThat(bits(found))
                    .as("%s of %s", function, pairs[i])
                    .isEqualTo(bits(pairs[i + 1]));
        }
    }

    @Test
    void rangesBeyondTheArraysAreErrors() {
        assertThatThrownBy(() -> FloatFunctions.exp(new float[3], 1, new float[9], 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FloatFunctions.exp(new float[9], 0, new float[3], 1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theFunctionsAreThoseOfTheKernel() {
        float[] x = {0.3f};
        float[] y = new float[5];
        FloatFunctions.exp(x, 0, y, 0, 1);
        FloatFunctions.log(x, 0, y, 1, 1);
        FloatFunctions.tanh(x, 0, y, 2, 1);
        FloatFunctions.sigmoid(x, 0, y, 3, 1);
        FloatFunctions.softplus(x, 0, y, 4, 1);
        for (Function function : Function.values()) {
            assertThat(y[function.ordinal()]).isEqualTo(function.at(x[0]));
        }
    }
}
