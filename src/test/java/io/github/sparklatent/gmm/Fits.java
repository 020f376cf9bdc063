package io.github.sparklatent.gmm;

import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.StoppingRule;
import java.util.List;

/** Fits as the tests need them. */
final class Fits {
    private Fits() {}

    /** Exactly so many rounds from a given start. */
    static MixtureFit rounds(Pass data, Mixture start, double regularization, int rounds) {
        MixtureOptions options =
                MixtureOptions.DEFAULT
                        .withComponents(List.of(start.components()))
                        .withCovariance(start.type())
                        .withRegularization(regularization)
                        .withStopping(new StoppingRule(rounds, 0));
        return new MixtureTrainer(data, null, options, start, TrainerListener.NONE).fit().best();
    }
}
