package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * The options of fitting a mixture of columns of several types.
 *
 * @param components numbers of components to try; the best by the criterion is kept
 * @param covariance form of the covariances of the Gaussian columns
 * @param factors number of latent variables of factored covariances
 * @param regularization added to each variance of the Gaussian columns, in squared units of the
 *     data
 * @param prior number of rows that the prior counts as in each component
 * @param restarts number of starts for each number of components; the one of greatest objective is
 *     kept
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param criterion chooses among the numbers of components: bic, aic or holdout
 * @param seed of all randomness
 */
@RecordBuilder
public record MixedOptions(
        List<Integer> components,
        CovarianceType covariance,
        int factors,
        double regularization,
        double prior,
        int restarts,
        StoppingRule stopping,
        Criterion criterion,
        long seed)
        implements MixedOptionsBuilder.With {
    /** The default options. Defaults are defined here only. */
    public static final MixedOptions DEFAULT =
            new MixedOptions(
                    List.of(10),
                    CovarianceType.DIAGONAL,
                    2,
                    1e-6,
                    1,
                    1,
                    new StoppingRule(100, 1e-4),
                    Criterion.BIC,
                    1);

    public MixedOptions {
        Require.that(
                !components.isEmpty(), "components is an empty list, expected at least one number");
        components.forEach(k -> Require.that(k >= 1, "components is %d, expected at least 1", k));
        Require.that(factors >= 1, "factors is %d, expected at least 1", factors);
        Require.that(
                regularization >= 0 && Double.isFinite(regularization),
                "regularization is %s, expected a finite number not below 0",
                regularization);
        Require.that(
                prior >= 0 && Double.isFinite(prior),
                "prior is %s, expected a finite number not below 0",
                prior);
        Require.that(restarts >= 1, "restarts is %d, expected at least 1", restarts);
        Require.that(
                criterion != Criterion.MUTUAL_INFORMATION,
                "criterion is %s, expected bic, aic or holdout",
                criterion);
        components = List.copyOf(components);
    }
}
