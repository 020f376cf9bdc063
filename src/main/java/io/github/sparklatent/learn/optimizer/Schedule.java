package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.Require;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.Locale;

/**
 * A learning rate schedule: a factor of the learning rate, as a function of the epochs completed.
 *
 * <pre>
 *   constant   1
 *   step       factor ^ floor(epochs / every)
 *   cosine     least + (1 − least) (1 + cos π u) / 2     Loshchilov and Hutter 2017, eq. 5
 *   linear     least + (1 − least) (1 − u)
 *   u = completed fraction of the last share of the training, from 0 to 1
 * </pre>
 *
 * During the first {@code warmUpEpochs} epochs the factor is multiplied by epochs / warmUpEpochs.
 *
 * @param type form of the curve
 * @param factor factor by which each step multiplies the rate, in (0, 1]; used by step only
 * @param every epochs between two steps; used by step only
 * @param share fraction of the training, at its end, over which the rate falls, in (0, 1]; used by
 *     cosine and linear only
 * @param least final value of the factor, in [0, 1]; used by cosine and linear only
 * @param warmUpEpochs epochs over which the rate rises from 0; 0 for none
 */
@RecordBuilder
public record Schedule(
        Type type, double factor, double every, double share, double least, double warmUpEpochs)
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
        LINEAR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The defaults; the share of {@link #of} is the only default written elsewhere. */
    public static final Schedule DEFAULT = new Schedule(Type.CONSTANT, 0.9, 10, 1, 0, 0);

    private static final double LINEAR_SHARE = 0.3;

    public Schedule {
        Require.that(
                factor > 0 && factor <= 1, "factor is %s, expected above 0 and up to 1", factor);
        Require.that(
                every > 0 && every < Double.POSITIVE_INFINITY,
                "every is %s epochs, expected a number above 0",
                every);
        Require.that(share > 0 && share <= 1, "share is %s, expected above 0 and up to 1", share);
        Require.that(least >= 0 && least <= 1, "least is %s, expected a number in [0, 1]", least);
        Require.that(
                warmUpEpochs >= 0 && warmUpEpochs < Double.POSITIVE_INFINITY,
                "warmUpEpochs is %s, expected a number not below 0",
                warmUpEpochs);
    }

    /**
     * Returns the defaults of a form: cosine falls over the whole training, linear over its last
     * 30%.
     */
    public static Schedule of(Type type) {
        return new Schedule(
                type,
                DEFAULT.factor,
                DEFAULT.every,
                type == Type.LINEAR ? LINEAR_SHARE : DEFAULT.share,
                DEFAULT.least,
                DEFAULT.warmUpEpochs);
    }

    /**
     * Returns the factor of the learning rate.
     *
     * @param epochs number of epochs completed so far
     * @param maxEpochs maximum of epochs of the whole training
     */
    public double factor(double epochs, double maxEpochs) {
        double rise = warmUpEpochs > 0 ? Math.min(1, epochs / warmUpEpochs) : 1;
        return rise
                * switch (type) {
                    case CONSTANT -> 1;
                    case STEP -> StrictMath.pow(factor, Math.floor(epochs / every));
                    case COSINE ->
                            least
                                    + (1 - least)
                                            * (1
                                                    + StrictMath.cos(
                                                            Math.PI * done(epochs, maxEpochs)))
                                            / 2;
                    case LINEAR -> least + (1 - least) * (1 - done(epochs, maxEpochs));
                };
    }

    private double done(double epochs, double maxEpochs) {
        double length = share * maxEpochs;
        return Math.max(0, Math.min(1, (epochs - (maxEpochs - length)) / length));
    }
}
