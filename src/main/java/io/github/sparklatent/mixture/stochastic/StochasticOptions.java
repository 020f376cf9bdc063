package io.github.sparklatent.mixture.stochastic;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;

/**
 * The options of stepwise EM, gradient ascent and Monte-Carlo EM.
 *
 * @param stepExponent κ of the falling steps (t + 2)^−κ of stepwise EM and gradient ascent, above 0.5 and at most 1
 * @param learningRate η of gradient ascent, above 0; a step moves a mean by about η (t + 2)^−κ deviations of its
 *     component
 * @param draws number S of components drawn for each row in a round of Monte-Carlo EM, from 1 to {@value #MAX_DRAWS}
 */
public record StochasticOptions(
        @Setting(
                key = "train.stepExponent",
                meaning = "stepwise-em, gradient: exponent by which steps fall; greater: sooner less noise, slower",
                range = "> 0.5 and <= 1",
                onlyIf = "model.fit is stepwise-em or gradient")
        double stepExponent,

        @Setting(
                key = "train.learningRate",
                meaning = "gradient, variational-inference: deviations that a step of Adam moves a mean",
                range = "> 0",
                absent = "0.8, for variational-inference 0.1",
                onlyIf = "model.fit is gradient or variational-inference")
        double learningRate,

        @Setting(
                key = "train.draws",
                meaning = "drawn in a round: components of each row (monte-carlo-em; 1 is stochastic EM), or mixtures",
                range = ">= 1 and <= " + StochasticOptions.MAX_DRAWS,
                onlyIf = "model.fit is monte-carlo-em or variational-inference")
        int draws)
        implements Serializable {
    /** The most draws of a row; with as many, the exact responsibilities of EM are cheaper. */
    public static final int MAX_DRAWS = 10_000;

    /** The default options. Defaults are defined here only. */
    public static final StochasticOptions DEFAULT = new StochasticOptions(0.6, 0.8, 10);

    public StochasticOptions {
        Rules.of(StochasticOptions.class)
                .range("stepExponent", stepExponent)
                .range("learningRate", learningRate)
                .range("draws", draws)
                .check();
    }

    /**
     * Returns the size of a step, in (0, 1): (t + 2)^−κ (Cappé and Moulines 2009, section 2.2; Liang and Klein 2009,
     * section 3).
     *
     * @param steps t, number of steps taken before
     */
    double step(double steps) {
        return StrictMath.pow(steps + 2, -stepExponent);
    }
}
