package io.github.sparklatent.ml.core;

import java.util.Optional;
import java.util.function.Function;

/**
 * A training that is ready to run. The command and the Estimator share this code.
 *
 * @param <M> the model
 */
public interface Training<M extends LatentModel<M>> {
    /** Returns what the training will do, as a line for a reader; empty if the settings say it. */
    default Optional<String> plan() {
        return Optional.empty();
    }

    /**
     * Trains and evaluates the model and passes the result on while the rows are still cached.
     *
     * @param finish receives the result. When it returns, the checkpoint is deleted; if it throws, the checkpoint is
     *     kept
     */
    <T> T run(Function<Trained<M>, T> finish);
}
