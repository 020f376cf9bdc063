package io.github.sparklatent.gmm.bayes;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * The options of variational Bayes.
 *
 * @param weightPrior prior of the weights
 * @param concentration α of that prior, not negative; 0: 1 / K. Fewer components stay in use if it
 *     is small.
 * @param meanPrecision number of rows that the mean of all rows counts as in each component; above
 *     0
 */
public record BayesOptions(WeightPrior weightPrior, double concentration, double meanPrecision)
        implements Serializable {
    /** The default options, which are those of scikit-learn. Defaults are defined here only. */
    public static final BayesOptions DEFAULT =
            new BayesOptions(WeightPrior.DIRICHLET_PROCESS, 0, 1);

    public BayesOptions {
        Require.that(
                concentration >= 0 && Double.isFinite(concentration),
                "weightConcentration is %s, expected a finite number not below 0",
                concentration);
        Require.that(
                meanPrecision > 0 && Double.isFinite(meanPrecision),
                "meanPrecision is %s, expected a finite number above 0",
                meanPrecision);
    }
}
