package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The driver's update of the parameters θ from the mean of the partitions' parameters; δ = mean − θ.
 *
 * <pre>
 *   average   θ = mean
 *   momentum  v = μ v + δ;  θ += η v                  Wang et al. 2020 (SlowMo), Chen and Huo 2016 (BMUF)
 *   nesterov  v = μ v + δ;  θ += η (δ + μ v)          Douillard et al. 2023 (DiLoCo)
 *   adam      m = μ m + (1 − μ) δ;  v = β₂ v + (1 − β₂) δ²;  θ += η m / (√v + ε),  v₀ = ε²
 *                                                     Reddi et al. 2021 (FedAdam), alg. 2
 * </pre>
 *
 * <p>The first epoch is averaged whatever the formula: momentum from its large changes does harm.
 *
 * @param type the formula
 */
public record OuterOptimizer(
        @Setting(
                key = "train.outer.type",
                meaning = "how the average change of the partitions is applied",
                presets = true)
        Type type)
        implements Serializable {
    /** The formula of an update, with η and μ of its paper. */
    public enum Type {
        /** The mean of the partitions' parameters. */
        AVERAGE(1, 0),
        /** Momentum over the changes of the rounds. */
        MOMENTUM(1, 0.5),
        /** Nesterov momentum over the changes of the rounds. */
        NESTEROV(0.7, 0.9),
        /** Adam over the changes of the rounds. */
        ADAM(0.01, 0.9);

        private final double learningRate;
        private final double momentum;

        Type(double learningRate, double momentum) {
            this.learningRate = learningRate;
            this.momentum = momentum;
        }

        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /** Nesterov momentum after a first epoch of plain averaging. */
    public static final OuterOptimizer DEFAULT = of(Type.NESTEROV);

    /** β₂ of adam. */
    private static final double BETA_2 = 0.99;

    /** ε of adam. */
    private static final double EPSILON = 1e-3;

    private static final double WARM_UP_EPOCHS = 1;

    /** Returns a formula with the numbers of its paper. */
    public static OuterOptimizer of(Type type) {
        return new OuterOptimizer(type);
    }

    /** Returns the initial state of the formula: 0, 1 or 2 vectors, one after the other. */
    public float[] start(int parameters) {
        return switch (type) {
            case AVERAGE -> new float[0];
            case MOMENTUM, NESTEROV -> new float[parameters];
            case ADAM -> {
                float[] vectors = new float[2 * parameters];
                Arrays.fill(vectors, parameters, 2 * parameters, (float) (EPSILON * EPSILON));
                yield vectors;
            }
        };
    }

    /**
     * Returns the next parameters, computed in double precision and rounded at the end.
     *
     * @param parameters θ. Not modified.
     * @param mean mean of the partitions' parameters; entries beyond θ's length are ignored
     * @param vectors state that {@link #start} created. Modified, except during the warm-up.
     * @param epochs number of epochs completed before the round
     */
    public float[] update(float[] parameters, double[] mean, float[] vectors, double epochs) {
        float[] next = new float[parameters.length];
        Ranges.Work formula = switch (epochs < WARM_UP_EPOCHS ? Type.AVERAGE : type) {
            case AVERAGE -> (from, to) -> average(mean, next, from, to);
            case MOMENTUM -> (from, to) -> momentum(parameters, mean, vectors, next, from, to);
            case NESTEROV -> (from, to) -> nesterov(parameters, mean, vectors, next, from, to);
            case ADAM -> (from, to) -> adam(parameters, mean, vectors, next, from, to);
        };
        Ranges.each(next.length, formula);
        return next;
    }

    // One loop per formula: a single loop with all of them takes five times as long.

    private static void average(double[] mean, float[] next, int from, int to) {
        for (int i = from; i < to; i++) {
            next[i] = (float) mean[i];
        }
    }

    private void momentum(float[] parameters, double[] mean, float[] vectors, float[] next, int from, int to) {
        for (int i = from; i < to; i++) {
            double velocity = type.momentum * vectors[i] + (mean[i] - parameters[i]);
            vectors[i] = (float) velocity;
            next[i] = (float) (parameters[i] + type.learningRate * velocity);
        }
    }

    private void nesterov(float[] parameters, double[] mean, float[] vectors, float[] next, int from, int to) {
        for (int i = from; i < to; i++) {
            double change = mean[i] - parameters[i];
            double velocity = type.momentum * vectors[i] + change;
            vectors[i] = (float) velocity;
            next[i] = (float) (parameters[i] + type.learningRate * (change + type.momentum * velocity));
        }
    }

    private void adam(float[] parameters, double[] mean, float[] vectors, float[] next, int from, int to) {
        int n = next.length;
        for (int i = from; i < to; i++) {
            double change = mean[i] - parameters[i];
            double first = type.momentum * vectors[i] + (1 - type.momentum) * change;
            double square = BETA_2 * vectors[n + i] + (1 - BETA_2) * change * change;
            vectors[i] = (float) first;
            vectors[n + i] = (float) square;
            next[i] = (float) (parameters[i] + type.learningRate * first / (Math.sqrt(square) + EPSILON));
        }
    }
}
