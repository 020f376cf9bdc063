package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * The optimiser of each partition, for gradients g, parameters θ, weight decay λ and learning rate η.
 *
 * <pre>
 *   sgd      g += λθ;  v = μ v + g;  θ −= η v
 *   rmsprop  g += λθ;  v = β₂ v + (1 − β₂) g²;  θ −= η g / (√v + ε)          Tieleman and Hinton 2012
 *   adam     g += λθ;  m = β₁ m + (1 − β₁) g;  v = β₂ v + (1 − β₂) g²;
 *            θ −= η m̂ / (√v̂ + ε),  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)    Kingma and Ba 2015, alg. 1
 *   adamw    θ −= η λ θ, then adam without λ                Loshchilov and Hutter 2019, alg. 2
 * </pre>
 *
 * The weight decay acts only on the parameters that
 * {@link io.github.sparklatent.learn.objective.StochasticObjective#decayed} returns. A gradient longer than
 * {@code clipNorm} is first scaled to that length (Pascanu et al. 2013, alg. 1).
 *
 * @param type formula of the step
 * @param learningRate η, before it is multiplied by the schedule's factor
 * @param momentum μ, in [0, 1); used by sgd only
 * @param beta1 β₁, in [0, 1); used by adam and adamw only
 * @param beta2 β₂, in [0, 1); not used by sgd
 * @param epsilon ε, above 0; not used by sgd
 * @param weightDecay λ, not below 0
 * @param clipNorm largest Euclidean length of a gradient; 0 for no limit
 * @param schedule schedule of the learning rate
 */
@RecordBuilder
public record Optimizer(
        @Setting(key = "train.optimizer.type", meaning = "optimiser of each partition", presets = true)
        Type type,

        @Setting(
                key = "train.optimizer.learningRate",
                meaning = "learning rate",
                range = "> 0",
                absent = "1e-3, for sgd 1e-2")
        double learningRate,

        @Setting(
                key = "train.optimizer.momentum",
                meaning = "sgd: factor of the previous step that is kept",
                range = ">= 0 and < 1",
                absent = "0.9",
                onlyIf = "train.optimizer.type is sgd")
        double momentum,

        @Setting(
                key = "train.optimizer.beta1",
                meaning = "adam, adamw: decay of the mean gradient",
                range = ">= 0 and < 1",
                absent = "0.9",
                onlyIf = "train.optimizer.type is adam or adamw")
        double beta1,

        double beta2,
        double epsilon,

        @Setting(
                key = "train.optimizer.weightDecay",
                meaning = "adamw: share by which a step of learning rate 1 shrinks the weights",
                range = ">= 0",
                absent = "0.01",
                onlyIf = "train.optimizer.type is adamw")
        double weightDecay,

        @Setting(
                key = "train.optimizer.clipNorm",
                meaning = "largest norm of the gradient; a larger one is scaled down; 0: no" + " limit",
                range = ">= 0")
        double clipNorm,

        Schedule schedule)
        implements OptimizerBuilder.With, Serializable {
    /** The formula of a step. */
    public enum Type {
        /** Stochastic gradient descent, optionally with momentum. */
        SGD,
        /** Gradients divided by the root of their recent mean square. */
        RMSPROP,
        /** First moments divided by the roots of second moments. */
        ADAM,
        /** Adam with weight decay applied to the parameters, not to the gradient. */
        ADAMW;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /** Adam with the defaults of its paper. */
    public static final Optimizer DEFAULT = of(Type.ADAM);

    public Optimizer {
        Rules.of(Optimizer.class)
                .range("learningRate", learningRate)
                .range("momentum", momentum)
                .range("beta1", beta1)
                .range("weightDecay", weightDecay)
                .range("clipNorm", clipNorm)
                .check();
    }

    /**
     * Returns the defaults of a type. The defaults are those of PyTorch, except for the momentum of sgd (0.9 instead of
     * 0) and the learning rate of rmsprop (1e-3 instead of 1e-2). They are written only here.
     */
    public static Optimizer of(Type type) {
        return switch (type) {
            case SGD -> new Optimizer(type, 0.01, 0.9, 0.9, 0.999, 1e-8, 0, 0, Schedule.DEFAULT);
            case RMSPROP -> new Optimizer(type, 1e-3, 0, 0.9, 0.99, 1e-8, 0, 0, Schedule.DEFAULT);
            case ADAM -> new Optimizer(type, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 0, Schedule.DEFAULT);
            case ADAMW -> new Optimizer(type, 1e-3, 0, 0.9, 0.999, 1e-8, 0.01, 0, Schedule.DEFAULT);
        };
    }

    /** Returns a copy with these decays of the first and second moments, in [0, 1). */
    public Optimizer withBetas(double first, double second) {
        return withBeta1(first).withBeta2(second);
    }

    /** Number of moment vectors, each as long as the parameters: 0, 1 or 2. */
    public int vectors() {
        return switch (type) {
            case SGD -> momentum > 0 ? 1 : 0;
            case RMSPROP -> 1;
            case ADAM, ADAMW -> 2;
        };
    }

    /** Returns the learning rate after this many epochs. */
    public double rate(double epochs, double maxEpochs) {
        return learningRate * schedule.factor(epochs, maxEpochs);
    }

    /**
     * Returns an optimiser of a whole vector of parameters.
     *
     * @param parameters number of parameters
     * @param moments {@link #vectors} vectors of that length, one after the other. Not modified.
     * @param steps taken before
     */
    public OptimizerSteps steps(int parameters, float[] moments, long steps) {
        Require.that(
                moments.length == vectors() * parameters,
                "the moments of %s have %d entries, expected %d",
                type,
                moments.length,
                vectors() * parameters);
        List<Range> every = List.of(new Range(0, parameters));
        OptimizerSteps all = new OptimizerSteps(this, every, every, every, new float[vectors()][parameters], steps);
        all.readMoments(moments, 0);
        return all;
    }
}
