package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.bench.kernels.FunctionCase.Function;
import io.github.sparklatent.linalg.FloatFunctions;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Elementary functions of floats. */
final class FloatFunction {
    private static final int LENGTH = FunctionCase.LENGTH;

    private FloatFunction() {}

    static Runnable of(Function function, String system) {
        float[] in = new float[LENGTH];
        float[] out = new float[LENGTH];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < LENGTH; i++) {
            float x = (float) (20 * random.nextDouble() - 10);
            in[i] = function == Function.LOG ? Math.abs(x) : x;
        }
        return switch (system) {
            case Peers.OURS -> ours(function, in, out);
            case Peers.MATH -> math(function, in, out);
            default -> strict(function, in, out);
        };
    }

    private static Runnable ours(Function function, float[] in, float[] out) {
        return switch (function) {
            case EXP -> () -> FloatFunctions.exp(in, 0, out, 0, LENGTH);
            case LOG -> () -> FloatFunctions.log(in, 0, out, 0, LENGTH);
            case TANH -> () -> FloatFunctions.tanh(in, 0, out, 0, LENGTH);
            case SOFTPLUS -> () -> FloatFunctions.softplus(in, 0, out, 0, LENGTH);
            default -> throw new IllegalArgumentException(function + " of floats does not exist");
        };
    }

    private static Runnable math(Function function, float[] in, float[] out) {
        return each(
                in.length,
                switch (function) {
                    case EXP -> i -> out[i] = (float) Math.exp(in[i]);
                    case LOG -> i -> out[i] = (float) Math.log(in[i]);
                    case TANH -> i -> out[i] = (float) Math.tanh(in[i]);
                    default -> i -> out[i] = (float) Math.log1p(Math.exp(in[i]));
                });
    }

    private static Runnable strict(Function function, float[] in, float[] out) {
        return each(
                in.length,
                switch (function) {
                    case EXP -> i -> out[i] = (float) StrictMath.exp(in[i]);
                    case LOG -> i -> out[i] = (float) StrictMath.log(in[i]);
                    case TANH -> i -> out[i] = (float) StrictMath.tanh(in[i]);
                    default -> i -> out[i] = (float) StrictMath.log1p(StrictMath.exp(in[i]));
                });
    }

    static Runnable each(int length, IntConsumer one) {
        return () -> {
            for (int i = 0; i < length; i++) {
                one.accept(i);
            }
        };
    }
}
