package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;

/**
 * The options of the prior of variational Bayes and variational inference.
 *
 * @param weightPrior prior of the weights
 * @param concentration α of that prior, not negative; 0: 1 / K. Fewer components stay in use if it is small.
 * @param meanPrecision number of rows that the mean of all rows counts as in each component; above 0
 */
public record BayesOptions(
        @Setting(
                key = "model.weightPrior",
                meaning = "variational methods: prior of the weights",
                onlyIf = BayesOptions.ONLY_IF)
        WeightPrior weightPrior,

        @Setting(
                key = "model.weightConcentration",
                meaning = "variational methods: if small, few components stay in use; 0: 1 / components",
                range = ">= 0",
                onlyIf = BayesOptions.ONLY_IF)
        double concentration,

        double meanPrecision)
        implements Serializable {
    private static final String ONLY_IF = "model.fit is variational-bayes or variational-inference";

    /** The default options, which are those of scikit-learn. Defaults are defined here only. */
    public static final BayesOptions DEFAULT = new BayesOptions(WeightPrior.DIRICHLET_PROCESS, 0, 1);

    public BayesOptions {
        Rules.of(BayesOptions.class).range("concentration", concentration).check();
    }
}
