package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.bench.kernels.FunctionCase.Function;
import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/** Elementary functions of doubles, and the log of sums of exponentials. */
final class DoubleFunction {
    private static final int LENGTH = FunctionCase.LENGTH;
    private static final int ROW = FunctionCase.ROW;

    private DoubleFunction() {}

    static Runnable of(Function function, String system) {
        double[] in = new double[LENGTH];
        double[] out = new double[LENGTH];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < LENGTH; i++) {
            double x = 20 * random.nextDouble() - 10;
            in[i] = function == Function.LOG ? Math.abs(x) : x;
        }
        if (function == Function.LOGSUMEXP) {
            return logSumExp(system, in, out);
        }
        return switch (system) {
            case Peers.OURS -> ours(function, in, out);
            case Peers.MATH -> math(function, in, out);
            default -> strict(function, in, out);
        };
    }

    private static Runnable ours(Function function, double[] in, double[] out) {
        return switch (function) {
            case EXP -> () -> DoubleFunctions.exp(in, 0, out, 0, LENGTH);
            case LOG -> () -> DoubleFunctions.log(in, 0, out, 0, LENGTH);
            case TANH -> () -> DoubleFunctions.tanh(in, 0, out, 0, LENGTH);
            default -> () -> DoubleFunctions.softplus(in, 0, out, 0, LENGTH);
        };
    }

    private static Runnable math(Function function, double[] in, double[] out) {
        return FloatFunction.each(
                in.length,
                switch (function) {
                    case EXP -> i -> out[i] = Math.exp(in[i]);
                    case LOG -> i -> out[i] = Math.log(in[i]);
                    case TANH -> i -> out[i] = Math.tanh(in[i]);
                    default -> i -> out[i] = Math.log1p(Math.exp(in[i]));
                });
    }

    private static Runnable strict(Function function, double[] in, double[] out) {
        return FloatFunction.each(
                in.length,
                switch (function) {
                    case EXP -> i -> out[i] = StrictMath.exp(in[i]);
                    case LOG -> i -> out[i] = StrictMath.log(in[i]);
                    case TANH -> i -> out[i] = StrictMath.tanh(in[i]);
                    default -> i -> out[i] = StrictMath.log1p(StrictMath.exp(in[i]));
                });
    }

    /** In place, so the numbers are copied first, by every system. */
    private static Runnable logSumExp(String system, double[] in, double[] out) {
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

    private static double normalize(
            double[] a, int from, DoubleUnaryOperator exp, DoubleUnaryOperator log) {
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
}
