<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}FunctionsTest.java"/>
package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.linalg.kernels.ForcedWidths;
import io.github.sparklatent.linalg.kernels.${T}Elementary;
import io.github.sparklatent.linalg.kernels.${T}ScalarFunctions;
import io.github.sparklatent.linalg.kernels.${T}Series;
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
class ${T}FunctionsTest {
    private static final int POINTS = 1000;

    private static final Map<String, ${T}Elementary> KERNELS =
            ForcedWidths.all(
                    ${T}Elementary.class,
                    Kernels.choose(${T}Elementary.class, "${T}%sFunctions"),
                    new ${T}ScalarFunctions(),
                    "${T}VectorFunctions");

    private interface Run {
        void run(${T}Elementary kernel, ${t}[] in, int from, ${t}[] out, int to, int length);
    }

    /** Each function, its truth, its bound in ulp and the numbers it is tried on. */
    private enum Function {
        EXP(${T}Elementary::exp, HighPrecision::exp, 1, ${T}Series.UNDERFLOW, 88),
        LOG(${T}Elementary::log, HighPrecision::log, 1, 0, ${T}.MAX_VALUE),
        TANH(${T}Elementary::tanh, HighPrecision::tanh, 3, -25, 25),
        SIGMOID(${T}Elementary::sigmoid, HighPrecision::sigmoid, 3, ${T}Series.UNDERFLOW, 100),
        SOFTPLUS(${T}Elementary::softplus, HighPrecision::softplus, 3, ${T}Series.UNDERFLOW, 900);

        private final Run run;
        private final DoubleFunction<BigDecimal> truth;
        private final double bound;
        private final ${t} low;
        private final ${t} high;

        Function(Run run, DoubleFunction<BigDecimal> truth, double bound, ${t} low, ${t} high) {
            this.run = run;
            this.truth = truth;
            this.bound = bound;
            this.low = low;
            this.high = high;
        }

        ${t} at(${t} x) {
            ${t}[] number = {x};
            run.run(KERNELS.get("scalar"), number, 0, number, 0, 1);
            return number[0];
        }

        /** Half of them even over the range, half of them over all exponents within it. */
        ${t}[] points() {
            SplittableRandom random = new SplittableRandom(ordinal());
            ${t}[] points = new ${t}[POINTS];
            for (int i = 0; i < POINTS; i++) {
                ${t} x = ${p.cast}(low / 2 + (high / 2 - low / 2) * random.nextDouble()) * 2;
                while (i % 2 == 1) {
                    double sign = low < 0 && random.nextBoolean() ? -1 : 1;
                    x = ${p.cast}(sign * (1 + random.nextDouble()));
                    int least = ${T}.MIN_EXPONENT - 20;
                    x = Math.scalb(x, random.nextInt(least, ${T}.MAX_EXPONENT + 1));
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
        for (${t} x : function.points()) {
            BigDecimal truth = function.truth.apply(x);
            ${t} found = function.at(x);
            double error = HighPrecision.ulps(found, truth, Math.ulp(truth.${t}Value()));
            assertThat(error).as("%s of %s is %s", function, x, found).isLessThan(function.bound);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sameBitsAtEveryPlace(String name) {
        ${T}Elementary kernel = KERNELS.get(name);
        for (Function function : Function.values()) {
            ${t}[] points = function.points();
            System.arraycopy(ENDS, 0, points, 20, ENDS.length);
            ${t}[] expected = points.clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = function.at(points[i]);
            }
            for (int length : new int[] {0, 1, 2, 7, 15, 16, 17, 31, 33, 64, POINTS - 5}) {
                ${t}[] out = new ${t}[POINTS];
                function.run.run(kernel, points, 3, out, 1, length);
                ${t}[] inPlace = points.clone();
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
        ${T}Elementary kernel = KERNELS.get(name);
        ${t}[] logits = Function.SIGMOID.points();
        System.arraycopy(ENDS, 0, logits, 20, ENDS.length);
        ${t}[] x = new ${t}[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = i % 7 / 6f;
        }
        for (int length : new int[] {0, 1, 2, 7, 15, 16, 17, 31, 33, 64, POINTS - 5}) {
            ${t}[] probabilities = new ${t}[POINTS];
            ${t}[] terms = new ${t}[POINTS];
            kernel.bernoulli(x, logits, 3, probabilities, terms, length);
            for (int i = 0; i < length; i++) {
                ${t} a = logits[i + 3];
                ${t} term = Math.fma(x[i + 3], a, -Function.SOFTPLUS.at(a));
                assertThat(bits(terms[i])).as("term of %s", a).isEqualTo(bits(term));
                assertThat(bits(probabilities[i + 3])).isEqualTo(bits(Function.SIGMOID.at(a)));
            }
            assertThat(terms[length]).isZero();
            assertThat(probabilities[length + 3]).isZero();
        }
    }

    private static final ${t}[] ENDS = {
        0f,
        -0f,
        ${T}.POSITIVE_INFINITY,
        ${T}.NEGATIVE_INFINITY,
        ${T}.NaN,
        ${T}.MIN_VALUE,
        -${T}.MIN_VALUE,
        ${T}.MIN_NORMAL,
        ${T}.MAX_VALUE,
        -${T}.MAX_VALUE,
        ${T}Series.OVERFLOW,
        ${T}Series.UNDERFLOW,
        ${T}Series.FLAT,
        1f,
        -1f
    };

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }

    @Test
    void endsOfExpAndLog() {
        ends(Function.EXP, ${T}.NEGATIVE_INFINITY, 0f, 0f, 1f, -0f, 1f);
        ends(Function.EXP, 2000f, ${T}.POSITIVE_INFINITY, -2000f, 0f, ${T}.MIN_VALUE, 1f);
        ends(Function.EXP, ${T}.POSITIVE_INFINITY, ${T}.POSITIVE_INFINITY, ${T}.NaN, ${T}.NaN);
        ends(Function.LOG, 0f, ${T}.NEGATIVE_INFINITY, -0f, ${T}.NEGATIVE_INFINITY, 1f, 0f);
        ends(Function.LOG, ${T}.POSITIVE_INFINITY, ${T}.POSITIVE_INFINITY, ${T}.NaN, ${T}.NaN);
        ends(Function.LOG, -1f, ${T}.NaN, ${T}.NEGATIVE_INFINITY, ${T}.NaN);
        ends(Function.LOG, -${T}.MIN_VALUE, ${T}.NaN);
    }

    @Test
    void endsOfTheOthers() {
        ${t} least = ${T}.MIN_VALUE;
        ends(Function.TANH, 0f, 0f, -0f, -0f, least, least, -least, -least, ${T}.NaN, ${T}.NaN);
        ends(Function.TANH, ${T}.POSITIVE_INFINITY, 1f, ${T}.NEGATIVE_INFINITY, -1f, 30f, 1f);
        ends(Function.SIGMOID, 0f, 0.5f, -0f, 0.5f, least, 0.5f, 2000f, 1f, -2000f, 0f);
        ends(Function.SIGMOID, ${T}.POSITIVE_INFINITY, 1f, ${T}.NEGATIVE_INFINITY, 0f);
        ends(Function.SIGMOID, ${T}.NaN, ${T}.NaN);
        ends(Function.SOFTPLUS, 2000f, 2000f, -2000f, 0f, ${T}.NaN, ${T}.NaN);
        ends(Function.SOFTPLUS, ${T}.NEGATIVE_INFINITY, 0f, ${T}.MAX_VALUE, ${T}.MAX_VALUE);
        ends(Function.SOFTPLUS, ${T}.POSITIVE_INFINITY, ${T}.POSITIVE_INFINITY);
    }

    private static void ends(Function function, ${t}... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            ${t} found = function.at(pairs[i]);
            assertThat(bits(found))
                    .as("%s of %s", function, pairs[i])
                    .isEqualTo(bits(pairs[i + 1]));
        }
    }

    @Test
    void rangesBeyondTheArraysAreErrors() {
        assertThatThrownBy(() -> ${T}Functions.exp(new ${t}[3], 1, new ${t}[9], 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ${T}Functions.exp(new ${t}[9], 0, new ${t}[3], 1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theFunctionsAreThoseOfTheKernel() {
        ${t}[] x = {0.3f};
        ${t}[] y = new ${t}[5];
        ${T}Functions.exp(x, 0, y, 0, 1);
        ${T}Functions.log(x, 0, y, 1, 1);
        ${T}Functions.tanh(x, 0, y, 2, 1);
        ${T}Functions.sigmoid(x, 0, y, 3, 1);
        ${T}Functions.softplus(x, 0, y, 4, 1);
        for (Function function : Function.values()) {
            assertThat(y[function.ordinal()]).isEqualTo(function.at(x[0]));
        }
    }
}
</#list>
