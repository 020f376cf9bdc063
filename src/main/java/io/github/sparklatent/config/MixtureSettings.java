package io.github.sparklatent.config;

import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.learn.StoppingRule;

/**
 * A Gaussian mixture and how it is fitted: the section {@code model}, and of {@code train} what
 * belongs to EM.
 */
public record MixtureSettings(MixtureOptions options) implements ModelSettings {

    static MixtureSettings of(Settings settings) {
        return new MixtureSettings(
                new MixtureOptions(
                        settings.get(MixtureKeys.COMPONENTS),
                        settings.get(MixtureKeys.COVARIANCE),
                        settings.get(MixtureKeys.REGULARIZATION),
                        settings.get(MixtureKeys.INITIALIZATION),
                        settings.get(MixtureKeys.RESTARTS),
                        new StoppingRule(
                                settings.get(MixtureKeys.MAX_ROUNDS),
                                settings.get(MixtureKeys.TOLERANCE)),
                        settings.get(MixtureKeys.CRITERION),
                        settings.get(CommonKeys.SEED)));
    }

    @Override
    public ModelType type() {
        return ModelType.GMM;
    }
}
