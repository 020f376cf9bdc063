package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.List;

/**
 * The options of fitting a Gaussian mixture.
 *
 * @param components numbers of components to try, each at least 1; the best by the criterion is
 *     kept
 * @param covariance form of the covariances
 * @param regularization added to each variance in every update, in squared units of the data; not
 *     negative
 * @param initialization how EM is initialised if no model is given
 * @param restarts number of starts for each number of components; the one with the greatest
 *     likelihood is kept, or with the greatest mutual information if that is the criterion
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param criterion chooses among the numbers of components; mutual information chooses among
 *     restarts
 * @param seed of all randomness
 */
public record MixtureOptions(
        List<Integer> components,
        CovarianceType covariance,
        double regularization,
        Initialization initialization,
        int restarts,
        StoppingRule stopping,
        Criterion criterion,
        long seed) {
    /** The default options. Defaults are defined here only. */
    public static final MixtureOptions DEFAULT =
            new MixtureOptions(
                    List.of(10),
                    CovarianceType.FULL,
                    1e-6,
                    Initialization.K_MEANS_PARALLEL,
                    1,
                    new StoppingRule(100, 1e-4),
                    Criterion.BIC,
                    1);

    public MixtureOptions {
        Require.that(
                !components.isEmpty(), "components is an empty list, expected at least one number");
        components.forEach(k -> Require.that(k >= 1, "components is %d, expected at least 1", k));
        Require.that(
                regularization >= 0 && Double.isFinite(regularization),
                "regularization is %s, expected a finite number not below 0",
                regularization);
        Require.that(restarts >= 1, "restarts is %d, expected at least 1", restarts);
        components = List.copyOf(components);
    }

    /** Returns a copy with other numbers of components to try. */
    public MixtureOptions withComponents(List<Integer> value) {
        return new MixtureOptions(
                value,
                covariance,
                regularization,
                initialization,
                restarts,
                stopping,
                criterion,
                seed);
    }

    /** Returns a copy with another form of the covariances. */
    public MixtureOptions withCovariance(CovarianceType value) {
        return new MixtureOptions(
                components,
                value,
                regularization,
                initialization,
                restarts,
                stopping,
                criterion,
                seed);
    }

    /** Returns a copy with another regularisation. */
    public MixtureOptions withRegularization(double value) {
        return new MixtureOptions(
                components, covariance, value, initialization, restarts, stopping, criterion, seed);
    }

    /** Returns a copy with another initialisation. */
    public MixtureOptions withInitialization(Initialization value) {
        return new MixtureOptions(
                components, covariance, regularization, value, restarts, stopping, criterion, seed);
    }

    /** Returns a copy with another number of restarts. */
    public MixtureOptions withRestarts(int value) {
        return new MixtureOptions(
                components,
                covariance,
                regularization,
                initialization,
                value,
                stopping,
                criterion,
                seed);
    }

    /** Returns a copy with another stopping rule. */
    public MixtureOptions withStopping(StoppingRule value) {
        return new MixtureOptions(
                components,
                covariance,
                regularization,
                initialization,
                restarts,
                value,
                criterion,
                seed);
    }

    /** Returns a copy with another criterion. */
    public MixtureOptions withCriterion(Criterion value) {
        return new MixtureOptions(
                components,
                covariance,
                regularization,
                initialization,
                restarts,
                stopping,
                value,
                seed);
    }

    /** Returns a copy with another seed. */
    public MixtureOptions withSeed(long value) {
        return new MixtureOptions(
                components,
                covariance,
                regularization,
                initialization,
                restarts,
                stopping,
                criterion,
                value);
    }
}
