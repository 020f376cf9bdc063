package io.github.sparklatent.app.config;

import java.util.List;

/**
 * A Gaussian mixture and how it is fitted: the section {@code model}, and of {@code train} what
 * belongs to EM.
 *
 * @param components one number, or several of which the criterion keeps one
 * @param covariance full, tied, diagonal or spherical
 * @param regularization variance added to every diagonal element of a covariance
 * @param initialization k-means||, random or random-rows
 * @param criterion bic, aic or holdout
 * @param maxRounds at least 1
 * @param tolerance change of the mean log-likelihood, in nats a row
 * @param restarts at least 1
 */
public record MixtureSettings(
        List<Integer> components,
        String covariance,
        double regularization,
        String initialization,
        String criterion,
        int maxRounds,
        double tolerance,
        int restarts)
        implements ModelSettings {

    public MixtureSettings {
        components = List.copyOf(MixtureKeys.COMPONENTS.require(components));
        MixtureKeys.COVARIANCE.require(covariance);
        MixtureKeys.REGULARIZATION.require(regularization);
        MixtureKeys.INITIALIZATION.require(initialization);
        MixtureKeys.CRITERION.require(criterion);
        MixtureKeys.MAX_ROUNDS.require(maxRounds);
        MixtureKeys.TOLERANCE.require(tolerance);
        MixtureKeys.RESTARTS.require(restarts);
    }

    static MixtureSettings of(Settings settings) {
        return new MixtureSettings(
                settings.get(MixtureKeys.COMPONENTS),
                settings.get(MixtureKeys.COVARIANCE),
                settings.get(MixtureKeys.REGULARIZATION),
                settings.get(MixtureKeys.INITIALIZATION),
                settings.get(MixtureKeys.CRITERION),
                settings.get(MixtureKeys.MAX_ROUNDS),
                settings.get(MixtureKeys.TOLERANCE),
                settings.get(MixtureKeys.RESTARTS));
    }

    @Override
    public ModelType type() {
        return ModelType.GMM;
    }
}
