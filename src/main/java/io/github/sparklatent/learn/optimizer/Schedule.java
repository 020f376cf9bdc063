package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.Locale;

/**
 * How the learning rate changes along a training: a factor that is a function of the epochs made.
 *
 * <pre>
 *   constant   1
 *   step       factor ^ floor(epochs / every)
 *   cosine     least + (1 − least) (1 + cos π u) / 2     Loshchilov and Hutter 2017, eq. 5
 *   linear     least + (1 − least) (1 − u)
 *   u = how much of the last share of the training is done, from 0 to 1
 * </pre>
 *
 * Before {@code warmUpEpochs} the factor is multiplied by epochs / warmUpEpochs.
 *
 * @param type form of the curve
 * @param factor of each step, in (0, 1]; of no effect but for step
 * @param every epochs from one step to the next; of no effect but for step
 * @param share of the training, at its end, over which the rate falls, in (0, 1]; of no effect but
 *     for cosine and linear
 * @param least what the factor falls to, in [0, 1]; of no effect but for cosine and linear
 * @param warmUpEpochs epochs over which the rate rises from 0; 0: none
 */
public record Schedule(
        Type type, double factor, double every, double share, double least, double warmUpEpochs)
        implements Serializable {
    /** The form of the curve. */
    public enum Type {
        /** The same all along. */
        CONSTANT,
        /** A factor every few epochs. */
        STEP,
        /** Half a wave of the cosine. */
        COSINE,
        /** A straight line. */
        LINEAR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The only place where defaults are written, but for the share of {@link #of}. */
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

    /** The defaults of a form: cosine falls over the whole training, linear over its last 30%. */
    public static Schedule of(Type type) {
        return new Schedule(
                type,
                DEFAULT.factor,
                DEFAULT.every,
                type == Type.LINEAR ? LINEAR_SHARE : DEFAULT.share,
                DEFAULT.least,
                DEFAULT.warmUpEpochs);
    }

    public Schedule withFactor(double value) {
        return new Schedule(type, value, every, share, least, warmUpEpochs);
    }

    public Schedule withEvery(double value) {
        return new Schedule(type, factor, value, share, least, warmUpEpochs);
    }

    public Schedule withShare(double value) {
        return new Schedule(type, factor, every, value, least, warmUpEpochs);
    }

    public Schedule withLeast(double value) {
        return new Schedule(type, factor, every, share, value, warmUpEpochs);
    }

    public Schedule withWarmUpEpochs(double value) {
        return new Schedule(type, factor, every, share, least, value);
    }

    /**
     * What the learning rate is multiplied by.
     *
     * @param epochs made so far
     * @param maxEpochs of the whole training
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
