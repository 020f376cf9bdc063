package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/** An elementary function of many numbers. */
enum Function {
    EXP(Math::exp, StrictMath::exp, FloatFunctions::exp, DoubleFunctions::exp),
    LOG(Math::log, StrictMath::log, FloatFunctions::log, DoubleFunctions::log),
    TANH(Math::tanh, StrictMath::tanh, FloatFunctions::tanh, DoubleFunctions::tanh),
    SOFTPLUS(
            x -> Math.log1p(Math.exp(x)),
            x -> StrictMath.log1p(StrictMath.exp(x)),
            FloatFunctions::softplus,
            DoubleFunctions::softplus),
    /** Log-sum-exp of rows, and their responsibilities. Mixtures compute it in doubles only. */
    LOGSUMEXP(null, null, null, null);

    /** Numbers of a computation. They fit the first-level cache, in and out. */
    static final int LENGTH = 1024;

    /** Numbers of one row of log-sum-exp. */
    static final int ROW = 16;

    private final DoubleUnaryOperator math;
    private final DoubleUnaryOperator strict;
    private final Floats floats;
    private final Doubles doubles;

    Function(DoubleUnaryOperator math, DoubleUnaryOperator strict, Floats floats, Doubles doubles) {
        this.math = math;
        this.strict = strict;
        this.floats = floats;
        this.doubles = doubles;
    }

    /** This project's function of floats. */
    private interface Floats {
        void compute(float[] in, int from, float[] out, int to, int length);
    }

    /** This project's function of doubles. */
    private interface Doubles {
        void compute(double[] in, int from, double[] out, int to, int length);
    }

    boolean has(Precision precision) {
        return this != LOGSUMEXP || precision == Precision.DOUBLE;
    }

    /** Name in tables. */
    String title() {
        return this == LOGSUMEXP ? "log-sum-exp" : toString();
    }

    /** One computation of a system. */
    Runnable of(Precision precision, String system) {
        double[] in = arguments();
        if (this == LOGSUMEXP) {
            return logSumExp(system, in);
        }
        DoubleUnaryOperator operator = system.equals(Peers.MATH) ? math : strict;
        if (precision == Precision.FLOAT) {
            float[] narrow = new float[LENGTH];
            float[] out = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                narrow[i] = (float) in[i];
            }
            return system.equals(Peers.OURS)
                    ? () -> floats.compute(narrow, 0, out, 0, LENGTH)
                    : () -> each(operator, narrow, out);
        }
        double[] out = new double[LENGTH];
        return system.equals(Peers.OURS) ? () -> doubles.compute(in, 0, out, 0, LENGTH) : () -> each(operator, in, out);
    }

    private double[] arguments() {
        SplittableRandom random = new SplittableRandom(1);
        double[] in = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double x = 20 * random.nextDouble() - 10;
            in[i] = this == LOG ? Math.abs(x) : x;
        }
        return in;
    }

    private static void each(DoubleUnaryOperator operator, float[] in, float[] out) {
        for (int i = 0; i < in.length; i++) {
            out[i] = (float) operator.applyAsDouble(in[i]);
        }
    }

    private static void each(DoubleUnaryOperator operator, double[] in, double[] out) {
        for (int i = 0; i < in.length; i++) {
            out[i] = operator.applyAsDouble(in[i]);
        }
    }

    /** Works in place, so every system copies the numbers first. */
    private static Runnable logSumExp(String system, double[] in) {
        double[] out = new double[LENGTH];
        double[] sums = new double[LENGTH / ROW];
        DMatrixRMaj matrix = DMatrixRMaj.wrap(ROW, LENGTH / ROW, out);
        DoubleUnaryOperator exp = system.equals(Peers.MATH) ? Math::exp : StrictMath::exp;
        DoubleUnaryOperator log = system.equals(Peers.MATH) ? Math::log : StrictMath::log;
        return () -> {
            System.arraycopy(in, 0, out, 0, LENGTH);
            if (system.equals(Peers.OURS)) {
                LogSumExp.normalizeColumns(matrix, sums);
            } else {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] = normalize(out, i * ROW, exp, log);
                }
            }
        };
    }

    private static double normalize(double[] a, int from, DoubleUnaryOperator exp, DoubleUnaryOperator log) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int j = from; j < from + ROW; j++) {
            greatest = Math.max(greatest, a[j]);
        }
        double sum = 0;
        for (int j = from; j < from + ROW; j++) {
            a[j] = exp.applyAsDouble(a[j] - greatest);
            sum += a[j];
        }
        for (int j = from; j < from + ROW; j++) {
            a[j] /= sum;
        }
        return greatest + log.applyAsDouble(sum);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
