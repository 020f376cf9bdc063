package io.github.sparklatent.app.config;

import java.util.Set;

/**
 * Keys that only networks have. They are known by name so that a file for the wrong type is told
 * why.
 */
final class NetworkKeys {
    private static final Set<String> PATHS =
            Set.of(
                    "model.latent",
                    "model.encoder",
                    "model.decoder",
                    "model.activation",
                    "model.likelihood",
                    "model.beta",
                    "model.samples",
                    "train.batchSize",
                    "train.maxPasses",
                    "train.roundsPerPass",
                    "train.localSteps",
                    "train.optimizer",
                    "train.outer",
                    "train.patience",
                    "train.evaluateEvery",
                    "train.stages");

    private NetworkKeys() {}

    static boolean contain(String path) {
        return PATHS.contains(path);
    }
}
