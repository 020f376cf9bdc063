package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.linalg.Kernels;
import io.github.sparklatent.linalg.kernels.AdamKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Takes the steps of an {@link Optimizer} over some ranges of a vector of parameters. */
public final class OptimizerSteps {
    private static final AdamKernel ADAM = Kernels.adam();

    private final Optimizer options;
    private final List<RangeSteps> ranges = new ArrayList<>();
    private final List<RangeSteps> clipped = new ArrayList<>();
    private long steps;
    private double rate;
    private AdamKernel.Step adam;

    /** Ends of the intervals that the current step has taken early: from, to, from, to ... */
    private int[] early = new int[16];

    private int ends;

    /**
     * Creates the steps of some ranges.
     *
     * @param ranges the ranges of the parameter vector that the steps update; they do not overlap
     * @param decayed the ranges on which weight decay acts
     * @param clipped the ranges whose gradient clipNorm limits
     * @param moments moments, at least {@link Optimizer#vectors} vectors, each as long as the parameters. Modified
     *     within the ranges.
     * @param steps number of steps already taken
     */
    public OptimizerSteps(
            Optimizer options,
            List<Range> ranges,
            List<Range> decayed,
            List<Range> clipped,
            float[][] moments,
            long steps) {
        this.options = options;
        for (Range range : ranges) {
            this.ranges.add(new RangeSteps(options, range, decayed, moments));
            for (Range part : clipped) {
                this.clipped.add(new RangeSteps(options, range.intersection(part), decayed, moments));
            }
        }
        this.steps = steps;
    }

    /**
     * Reads the moments that {@link #copyMoments} has written.
     *
     * @param packed array to read from
     * @param offset index of the first entry to read
     * @return the offset after the last entry read
     */
    public int readMoments(float[] packed, int offset) {
        int at = offset;
        for (RangeSteps range : ranges) {
            at = range.readMoments(packed, at);
        }
        return at;
    }

    /** Number of steps taken, including the steps before this object was created. */
    public long steps() {
        return steps;
    }

    /**
     * Writes the moments into an array, range after range. For each range, the part of the first vector of moments that
     * lies in the range comes first, then the part of the second vector, and so on.
     *
     * @param packed array to write into
     * @param offset index of the first entry to write
     * @return the offset after the last entry written
     */
    public int copyMoments(float[] packed, int offset) {
        int at = offset;
        for (RangeSteps range : ranges) {
            at = range.copyMoments(packed, at);
        }
        return at;
    }

    /** Returns whether parts of a step may be taken before all derivatives are known. */
    public boolean areTakenEarly() {
        return Set.of(Optimizer.Type.ADAM, Optimizer.Type.ADAMW).contains(options.type()) && options.clipNorm() == 0;
    }

    /**
     * Takes one step. Entries outside of the ranges are neither read nor written.
     *
     * @param parameters vector of all parameters. Modified.
     * @param gradient derivatives of the loss with respect to all parameters. Modified.
     * @param learningRate learning rate of this step
     */
    public void take(float[] parameters, float[] gradient, double learningRate) {
        begin(learningRate);
        finish(parameters, gradient);
    }

    /** Begins a step of which parts are taken early. */
    public void begin(double learningRate) {
        steps++;
        rate = learningRate;
        ends = 0;
        adam = adam();
    }

    /**
     * Takes a part of the step: of the parameters from .. to − 1, as far as they are in the ranges.
     *
     * @param parameters vector of all parameters. Modified.
     * @param derivatives holds the parameters' derivatives from index {@code at} on. Modified.
     */
    public void take(float[] parameters, int from, int to, float[] derivatives, int at) {
        Require.that(areTakenEarly() && from < to, "parameters %d to %d of a step are not taken early", from, to);
        part(parameters, from, to, derivatives, at - from);
        if (ends > 0 && early[ends - 1] == from) {
            early[ends - 1] = to;
            return;
        }
        if (ends == early.length) {
            early = Arrays.copyOf(early, 2 * ends);
        }
        early[ends++] = from;
        early[ends++] = to;
    }

    /** Takes the rest of the step, like {@link #take(float[], float[], double)}. */
    public void finish(float[] parameters, float[] gradient) {
        if (options.clipNorm() > 0) {
            clip(gradient);
        }
        int from = 0;
        while (from < parameters.length) {
            int to = parameters.length;
            int end = to;
            for (int k = 0; k < ends; k += 2) {
                if (early[k] >= from && early[k] < to) {
                    to = early[k];
                    end = early[k + 1];
                }
            }
            part(parameters, from, to, gradient, 0);
            from = end;
        }
    }

    /** Takes the steps of a part of the ranges. {@code shift}: index of a derivative minus that of its parameter. */
    private void part(float[] parameters, int from, int to, float[] derivatives, int shift) {
        for (RangeSteps range : ranges) {
            range.take(parameters, Math.max(from, range.from), Math.min(to, range.to), derivatives, shift, rate, adam);
        }
    }

    /** Returns Adam's step along m̂ / (√v̂ + ε), with both corrections of the bias; the first step has the number 1. */
    private AdamKernel.Step adam() {
        return new AdamKernel.Step(
                (float) options.beta1(),
                (float) (1 - options.beta1()),
                (float) options.beta2(),
                (float) (1 - options.beta2()),
                (float) options.epsilon(),
                (float) (rate / (1 - StrictMath.pow(options.beta1(), steps))),
                (float) (1 / Math.sqrt(1 - StrictMath.pow(options.beta2(), steps))));
    }

    /** Limits the Euclidean length of the gradient, over all clipped ranges together, to the option clipNorm. */
    private void clip(float[] gradient) {
        double squares = 0;
        for (RangeSteps range : clipped) {
            squares += range.squares(gradient);
        }
        double norm = Math.sqrt(squares);
        if (norm > options.clipNorm()) {
            for (RangeSteps range : clipped) {
                range.shrink(gradient, (float) (options.clipNorm() / norm));
            }
        }
    }

    /**
     * The arithmetic of an {@link Optimizer}'s steps over a range of parameters.
     *
     * <p>The arrays of all but Adam are as long as the vector of parameters and are read at the same index. This lets
     * the compiler vectorise the loops; it does not if the moments of every range begin at index 0.
     */
    static final class RangeSteps {
        private final Optimizer options;
        private final int from;
        private final int to;
        private final List<Range> decayed;
        private final float[][] moments;

        /**
         * Creates the steps of a range.
         *
         * @param decayed ranges on which weight decay acts, in this range and elsewhere
         * @param moments vectors as long as the parameters; only the range is modified
         */
        RangeSteps(Optimizer options, Range range, List<Range> decayed, float[][] moments) {
            this.options = options;
            this.from = range.from();
            this.to = range.to();
            this.decayed = decayed.stream().map(range::intersection).toList();
            this.moments = moments;
        }

        /** Reads the range of each vector of moments, one after the other; returns the end offset. */
        int readMoments(float[] packed, int offset) {
            int at = offset;
            for (int i = 0; i < options.vectors(); i++) {
                System.arraycopy(packed, at, moments[i], from, to - from);
                at += to - from;
            }
            return at;
        }

        /** Writes the range of each vector of moments, one after the other; returns the end offset. */
        int copyMoments(float[] packed, int offset) {
            int at = offset;
            for (int i = 0; i < options.vectors(); i++) {
                System.arraycopy(moments[i], from, packed, at, to - from);
                at += to - from;
            }
            return at;
        }

        /** Takes a part of a step, if it is not empty. */
        void take(
                float[] parameters, int from, int to, float[] gradient, int shift, double rate, AdamKernel.Step adam) {
            if (from >= to) {
                return;
            }
            boolean decoupled = options.type() == Optimizer.Type.ADAMW;
            for (Range range : decayed) {
                int first = Math.max(from, range.from());
                int end = Math.min(to, range.to());
                if (decoupled) {
                    shrink(parameters, first, end, (float) (1 - rate * options.weightDecay()));
                } else {
                    decay(parameters, first, end, gradient, shift);
                }
            }
            switch (options.type()) {
                case SGD -> {
                    if (options.vectors() == 0) {
                        descend(parameters, gradient, (float) rate);
                    } else {
                        gather(gradient);
                        follow(parameters, (float) rate);
                    }
                }
                case RMSPROP -> rmsprop(parameters, gradient, rate);
                case ADAM, ADAMW ->
                    ADAM.take(adam, parameters, moments[0], moments[1], from, to, gradient, from + shift);
            }
        }

        /** Σ v_i² in double precision, in four partial sums that the processor can compute in parallel. */
        double squares(float[] vector) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int i = from;
            for (; i + 4 <= to; i += 4) {
                s0 += (double) vector[i] * vector[i];
                s1 += (double) vector[i + 1] * vector[i + 1];
                s2 += (double) vector[i + 2] * vector[i + 2];
                s3 += (double) vector[i + 3] * vector[i + 3];
            }
            for (; i < to; i++) {
                s0 += (double) vector[i] * vector[i];
            }
            return (s0 + s1) + (s2 + s3);
        }

        void shrink(float[] gradient, float factor) {
            shrink(gradient, from, to, factor);
        }

        private static void shrink(float[] vector, int from, int to, float factor) {
            for (int i = from; i < to; i++) {
                vector[i] *= factor;
            }
        }

        private void decay(float[] parameters, int from, int to, float[] gradient, int shift) {
            float decay = (float) options.weightDecay();
            for (int i = from; decay > 0 && i < to; i++) {
                gradient[i + shift] += decay * parameters[i];
            }
        }

        private void gather(float[] gradient) {
            float[] velocity = moments[0];
            float momentum = (float) options.momentum();
            for (int i = from; i < to; i++) {
                velocity[i] = momentum * velocity[i] + gradient[i];
            }
        }

        private void follow(float[] parameters, float rate) {
            float[] velocity = moments[0];
            for (int i = from; i < to; i++) {
                parameters[i] -= rate * velocity[i];
            }
        }

        private void descend(float[] parameters, float[] gradient, float rate) {
            for (int i = from; i < to; i++) {
                parameters[i] -= rate * gradient[i];
            }
        }

        private void rmsprop(float[] parameters, float[] gradient, double rate) {
            float[] squares = moments[0];
            float keep = (float) options.beta2();
            float take = (float) (1 - options.beta2());
            float epsilon = (float) options.epsilon();
            float step = (float) rate;
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float v = keep * squares[i] + take * g * g;
                squares[i] = v;
                parameters[i] -= step * g / ((float) Math.sqrt(v) + epsilon);
            }
        }
    }
}
