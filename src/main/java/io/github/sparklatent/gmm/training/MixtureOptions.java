package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.List;

/**
 * What a person chooses when fitting a Gaussian mixture.
 *
 * @param components numbers of components to try, each at least 1; the best by the criterion is
 *     kept
 * @param covariance form of the covariances
 * @param regularization added to each variance in every update, in squared units of the data; not
 *     negative
 * @param initialization how the rounds start when no model is given
 * @param restarts starts tried for each number of components; the greatest likelihood is kept, or,
 *     where that is the criterion, the greatest mutual information
 * @param stopping when rounds end; the tolerance is in nats a row
 * @param criterion chooses among the numbers of components; mutual information among restarts
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
    /** The only place where defaults are written. */
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

    public MixtureOptions withRegularization(double value) {
        return new MixtureOptions(
                components, covariance, value, initialization, restarts, stopping, criterion, seed);
    }

    public MixtureOptions withInitialization(Initialization value) {
        return new MixtureOptions(
                components, covariance, regularization, value, restarts, stopping, criterion, seed);
    }

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
