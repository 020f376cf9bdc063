package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * A learning rate schedule: a factor of the learning rate, as a function of the epochs completed.
 *
 * <pre>
 *   constant   1
 *   step       factor ^ floor(epochs / every)
 *   cosine     finalRatio + (1 − finalRatio) (1 + cos π u) / 2     Loshchilov and Hutter 2017, eq. 5
 *   linear     finalRatio + (1 − finalRatio) (1 − u)
 *   plateau    factor ^ number of times that the held-out loss had no new minimum for {@code every} epochs
 *   u = completed fraction of the last {@code decayFraction} of the training, from 0 to 1
 * </pre>
 *
 * During the first {@code warmUpEpochs} epochs the factor is multiplied by epochs / warmUpEpochs.
 *
 * @param type form of the curve
 * @param factor factor by which each fall multiplies the rate, in (0, 1]; used by step and plateau only
 * @param every epochs between two steps, or without a better held-out loss; used by step and plateau only
 * @param decayFraction fraction of the training, at its end, over which the rate falls, in (0, 1]; used by cosine and
 *     linear only
 * @param finalRatio final learning rate over the full one, in [0, 1); used by cosine and linear only
 * @param warmUpEpochs epochs over which the rate rises from 0; 0 for none
 */
@RecordBuilder
public record Schedule(
        @Setting(key = "train.optimizer.schedule.type", meaning = "how the learning rate decreases", presets = true)
        Type type,

        @Setting(
                key = "train.optimizer.schedule.factor",
                meaning = "step, plateau: factor of the learning rate",
                range = "> 0 and <= 1",
                absent = "step: 0.9; plateau: 0.5",
                onlyIf = "train.optimizer.schedule.type is step or plateau")
        double factor,

        @Setting(
                key = "train.optimizer.schedule.every",
                meaning = "step: epochs between two decreases; plateau: epochs without a smaller held-out loss",
                range = "> 0",
                absent = "10",
                onlyIf = "train.optimizer.schedule.type is step or plateau")
        double every,

        @Setting(
                key = "train.optimizer.schedule.decayFraction",
                meaning = "cosine, linear: share of the epochs, at the end, over which the learning rate decreases",
                range = "> 0 and <= 1",
                absent = "cosine: 1; linear: 0.3",
                onlyIf = "train.optimizer.schedule.type is cosine or linear")
        double decayFraction,

        @Setting(
                key = "train.optimizer.schedule.finalRatio",
                meaning = "cosine, linear: final learning rate as a share of the full one",
                range = ">= 0 and < 1",
                absent = "0",
                onlyIf = "train.optimizer.schedule.type is cosine or linear")
        double finalRatio,

        double warmUpEpochs)
        implements ScheduleBuilder.With, Serializable {
    /** The form of the curve. */
    public enum Type {
        /** A constant rate. */
        CONSTANT,
        /** A multiplication by a constant after every few epochs. */
        STEP,
        /** A fall along half a period of the cosine. */
        COSINE,
        /** A fall along a straight line. */
        LINEAR,
        /** A multiplication by a constant whenever the held-out loss stalls. */
        PLATEAU;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /** The defaults; the decay fraction of {@link #of} is the only default written elsewhere. */
    public static final Schedule DEFAULT = new Schedule(Type.CONSTANT, 0.9, 10, 1, 0, 0);

    private static final double LINEAR_DECAY = 0.3;
    private static final double PLATEAU_FACTOR = 0.5;

    /** Rounding errors of a sum of epochs. */
    private static final double ROUNDING = 1e-9;

    public Schedule {
        Rules.of(Schedule.class)
                .range("factor", factor)
                .range("every", every)
                .range("decayFraction", decayFraction)
                .range("finalRatio", finalRatio)
                .check();
    }

    /** Returns the defaults of a form: cosine falls over the whole training, linear over its last 30%. */
    public static Schedule of(Type type) {
        return DEFAULT.withType(type)
                .withDecayFraction(type == Type.LINEAR ? LINEAR_DECAY : DEFAULT.decayFraction)
                .withFactor(type == Type.PLATEAU ? PLATEAU_FACTOR : DEFAULT.factor);
    }

    /**
     * Returns the factor of the learning rate; for plateau, without its falls.
     *
     * @param epochs number of epochs completed so far
     * @param maxEpochs maximum of epochs of the whole training
     */
    public double factor(double epochs, double maxEpochs) {
        double rise = warmUpEpochs > 0 ? Math.min(1, epochs / warmUpEpochs) : 1;
        return rise
                * switch (type) {
                    case CONSTANT, PLATEAU -> 1;
                    case STEP -> StrictMath.pow(factor, Math.floor(epochs / every));
                    case COSINE ->
                        finalRatio + (1 - finalRatio) * (1 + StrictMath.cos(Math.PI * done(epochs, maxEpochs))) / 2;
                    case LINEAR -> finalRatio + (1 - finalRatio) * (1 - done(epochs, maxEpochs));
                };
    }

    /**
     * Returns the factor by which a plateau has lowered the learning rate; 1 for other types.
     *
     * @param epochs number of epochs completed at each evaluation
     * @param losses held-out loss of each evaluation
     */
    public double afterPlateaus(double[] epochs, double[] losses) {
        double lowered = 1;
        double least = Double.POSITIVE_INFINITY;
        double since = 0;
        for (int i = 0; i < losses.length && type == Type.PLATEAU; i++) {
            if (losses[i] < least) {
                least = losses[i];
                since = epochs[i];
            } else if (epochs[i] - since >= every - ROUNDING) {
                lowered *= factor;
                since = epochs[i];
            }
        }
        return lowered;
    }

    private double done(double epochs, double maxEpochs) {
        double length = decayFraction * maxEpochs;
        return Math.max(0, Math.min(1, (epochs - (maxEpochs - length)) / length));
    }
}
