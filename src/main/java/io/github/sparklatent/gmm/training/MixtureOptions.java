package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.bayes.BayesOptions;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.robust.RobustMethod;
import io.github.sparklatent.gmm.robust.RobustOptions;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * The options of fitting a Gaussian mixture.
 *
 * @param fit method of fitting
 * @param bayes options of variational Bayes; without effect on the other methods
 * @param stochastic options of stepwise EM, gradient ascent and Monte-Carlo EM; without effect on
 *     the other methods
 * @param robust whether outliers are kept from the fit
 * @param components numbers of components to try, each at least 1, of which the best by the
 *     criterion is kept; empty: they are searched for
 * @param covariance form of the covariances
 * @param factors l, the number of latent variables of factored covariances, at least 1; without
 *     effect on the other forms
 * @param regularization added to each variance in every update, in squared units of the data; not
 *     negative
 * @param covariancePrior number of rows of a typical covariance that a prior adds to each
 *     component, not negative; 0: maximum likelihood
 * @param initialization how EM is initialised if no model is given
 * @param restarts number of starts for each number of components; the one with the greatest
 *     likelihood is kept, or with the greatest mutual information if that is the criterion
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param acceleration whether rounds of EM are extrapolated
 * @param criterion chooses among the numbers of components; mutual information chooses among
 *     restarts
 * @param seed of all randomness
 */
@RecordBuilder
public record MixtureOptions(
        FitMethod fit,
        BayesOptions bayes,
        StochasticOptions stochastic,
        RobustOptions robust,
        List<Integer> components,
        CovarianceType covariance,
        int factors,
        double regularization,
        double covariancePrior,
        Initialization initialization,
        int restarts,
        StoppingRule stopping,
        boolean acceleration,
        Criterion criterion,
        long seed)
        implements MixtureOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final MixtureOptions DEFAULT =
            new MixtureOptions(
                    FitMethod.EM,
                    BayesOptions.DEFAULT,
                    StochasticOptions.DEFAULT,
                    RobustOptions.DEFAULT,
                    List.of(10),
                    CovarianceType.FULL,
                    2,
                    1e-6,
                    1,
                    Initialization.VARIED,
                    1,
                    new StoppingRule(100, 1e-4),
                    false,
                    Criterion.BIC,
                    1);

    public MixtureOptions {
        Require.that(factors >= 1, "factors is %d, expected at least 1", factors);
        Require.that(
                !covariance.isFactored() || fitsFactors(fit) && !acceleration,
                "covariance is %s, which is fitted by em without acceleration or by monte-carlo-em",
                covariance);
        Require.that(
                regularization >= 0 && Double.isFinite(regularization),
                "regularization is %s, expected a finite number not below 0",
                regularization);
        Require.that(
                covariancePrior >= 0 && Double.isFinite(covariancePrior),
                "covariancePrior is %s, expected a finite number not below 0",
                covariancePrior);
        new SearchOptions(components, restarts, stopping, criterion);
        Require.that(
                fit == FitMethod.EM || !acceleration,
                "acceleration is on, but the method of fitting is %s, expected em",
                fit);
        Require.that(
                !robust.isPresent() || fit == FitMethod.EM && !acceleration,
                "robust is %s, which is fitted by em without acceleration",
                robust.method());
        Require.that(
                robust.method() != RobustMethod.MCD
                        || components.equals(List.of(1)) && covariance == CovarianceType.FULL,
                "robust is mcd, which has one component with a full covariance, but components are"
                        + " %s and covariance is %s",
                components,
                covariance);
        components = List.copyOf(components);
    }

    /** Returns whether a method of fitting can fit factored covariances. */
    public static boolean fitsFactors(FitMethod fit) {
        return fit == FitMethod.EM || fit == FitMethod.MONTE_CARLO_EM;
    }

    /** Returns the options of the search for the best fit. */
    public SearchOptions search() {
        return new SearchOptions(components, restarts, stopping, criterion);
    }

    /** Returns the layout of the statistics of k components in d dimensions. */
    StatisticsLayout layout(int k, int d) {
        return new StatisticsLayout(covariance, k, d, covariance.isFactored() ? factors : 0);
    }

    /**
     * Returns whether the covariances have the prior of maximum likelihood; a tied covariance has
     * none.
     */
    public boolean hasPrior() {
        return fit.maximizesLikelihood()
                && covariancePrior > 0
                && covariance != CovarianceType.TIED;
    }
}
