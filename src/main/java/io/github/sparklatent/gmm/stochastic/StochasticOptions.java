package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * The options of stepwise EM, gradient ascent and Monte-Carlo EM.
 *
 * @param stepExponent κ of the falling steps (t + 2)^−κ of stepwise EM and gradient ascent, above
 *     0.5 and at most 1
 * @param learningRate η of gradient ascent, above 0; a step moves a mean by about η (t + 2)^−κ
 *     deviations of its component
 * @param draws number S of components drawn for each row in a round of Monte-Carlo EM, from 1 to
 *     {@value #MOST_DRAWS}
 */
public record StochasticOptions(double stepExponent, double learningRate, int draws)
        implements Serializable {
    /** The most draws of a row; with as many, the exact responsibilities of EM are cheaper. */
    public static final int MOST_DRAWS = 10_000;

    /** The default options. Defaults are defined here only. */
    public static final StochasticOptions DEFAULT = new StochasticOptions(0.6, 0.8, 10);

    public StochasticOptions {
        Require.that(
                stepExponent > 0.5 && stepExponent <= 1,
                "stepExponent is %s, expected a number above 0.5 and at most 1",
                stepExponent);
        Require.that(
                learningRate > 0 && Double.isFinite(learningRate),
                "learningRate is %s, expected a finite number above 0",
                learningRate);
        Require.that(
                draws >= 1 && draws <= MOST_DRAWS,
                "draws is %d, expected 1 to %d",
                draws,
                MOST_DRAWS);
    }

    /**
     * Returns the size of a step, in (0, 1): (t + 2)^−κ (Cappé and Moulines 2009, section 2.2;
     * Liang and Klein 2009, section 3).
     *
     * @param steps t, number of steps taken before
     */
    double step(double steps) {
        return StrictMath.pow(steps + 2, -stepExponent);
    }
}
