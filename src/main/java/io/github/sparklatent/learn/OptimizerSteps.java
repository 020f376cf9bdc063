package io.github.sparklatent.learn;

import java.util.Arrays;

/**
 * Takes the steps of an {@link Optimizer}. The vectors of moments are arrays of their own here,
 * which lets the compiler turn the loops into vector instructions.
 */
final class OptimizerSteps {
    private final Optimizer options;
    private final float[][] moments;
    private long steps;

    OptimizerSteps(Optimizer options, int parameters, float[] moments, long steps) {
        if (moments.length != options.vectors() * parameters) {
            throw new IllegalArgumentException(
                    "the moments of %s have %d entries, expected %d"
                            .formatted(
                                    options.type(),
                                    moments.length,
                                    options.vectors() * parameters));
        }
        this.options = options;
        this.moments = new float[options.vectors()][];
        for (int i = 0; i < this.moments.length; i++) {
            this.moments[i] = Arrays.copyOfRange(moments, i * parameters, (i + 1) * parameters);
        }
        this.steps = steps;
    }

    /** Steps taken, those before this object among them. */
    long steps() {
        return steps;
    }

    /** Writes the vectors of moments one after the other. */
    void copyMoments(float[] to, int offset) {
        for (int i = 0; i < moments.length; i++) {
            System.arraycopy(moments[i], 0, to, offset + i * moments[i].length, moments[i].length);
        }
    }

    /**
     * One step.
     *
     * @param parameters modified
     * @param gradient of the loss; may be shortened in place
     * @param rate learning rate of this step
     */
    void take(float[] parameters, float[] gradient, double rate) {
        steps++;
        if (options.clipNorm() > 0) {
            clip(gradient, options.clipNorm());
        }
        float decay = (float) options.weightDecay();
        switch (options.type()) {
            case SGD -> {
                decay(parameters, gradient, decay);
                if (moments.length == 0) {
                    descend(parameters, gradient, (float) rate);
                } else {
                    gather(moments[0], gradient, (float) options.momentum());
                    descend(parameters, moments[0], (float) rate);
                }
            }
            case RMSPROP -> {
                decay(parameters, gradient, decay);
                rmsprop(parameters, gradient, rate);
            }
            case ADAM -> {
                decay(parameters, gradient, decay);
                adam(parameters, gradient, rate);
            }
            case ADAMW -> {
                shrink(parameters, (float) (1 - rate * options.weightDecay()));
                adam(parameters, gradient, rate);
            }
        }
    }

    /** The length in double precision, in four partial sums that wait for each other less. */
    static double norm(float[] vector) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= vector.length; i += 4) {
            s0 += (double) vector[i] * vector[i];
            s1 += (double) vector[i + 1] * vector[i + 1];
            s2 += (double) vector[i + 2] * vector[i + 2];
            s3 += (double) vector[i + 3] * vector[i + 3];
        }
        for (; i < vector.length; i++) {
            s0 += (double) vector[i] * vector[i];
        }
        return Math.sqrt((s0 + s1) + (s2 + s3));
    }

    private static void clip(float[] gradient, double greatest) {
        double norm = norm(gradient);
        if (norm > greatest) {
            shrink(gradient, (float) (greatest / norm));
        }
    }

    private static void shrink(float[] vector, float factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }

    private static void decay(float[] parameters, float[] gradient, float decay) {
        if (decay > 0) {
            for (int i = 0; i < parameters.length; i++) {
                gradient[i] += decay * parameters[i];
            }
        }
    }

    private static void gather(float[] velocity, float[] gradient, float momentum) {
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] = momentum * velocity[i] + gradient[i];
        }
    }

    private static void descend(float[] parameters, float[] direction, float rate) {
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] -= rate * direction[i];
        }
    }

    private void rmsprop(float[] parameters, float[] gradient, double rate) {
        float[] squares = moments[0];
        float keep = (float) options.beta2();
        float take = (float) (1 - options.beta2());
        float epsilon = (float) options.epsilon();
        float step = (float) rate;
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            float v = keep * squares[i] + take * g * g;
            squares[i] = v;
            parameters[i] -= step * g / ((float) Math.sqrt(v) + epsilon);
        }
    }

    /** m̂ / (√v̂ + ε), the corrections of both drawn out of the loop. */
    private void adam(float[] parameters, float[] gradient, double rate) {
        float[] means = moments[0];
        float[] squares = moments[1];
        float keep1 = (float) options.beta1();
        float take1 = (float) (1 - options.beta1());
        float keep2 = (float) options.beta2();
        float take2 = (float) (1 - options.beta2());
        float epsilon = (float) options.epsilon();
        float step = (float) (rate / (1 - StrictMath.pow(options.beta1(), steps)));
        float root = (float) (1 / Math.sqrt(1 - StrictMath.pow(options.beta2(), steps)));
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            float m = keep1 * means[i] + take1 * g;
            float v = keep2 * squares[i] + take2 * g * g;
            means[i] = m;
            squares[i] = v;
            parameters[i] -= step * m / ((float) Math.sqrt(v) * root + epsilon);
        }
    }
}
