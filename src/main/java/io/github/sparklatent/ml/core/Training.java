package io.github.sparklatent.ml.core;

import java.util.function.Function;

/**
 * A training, not begun. The command and the Estimator run the same one.
 *
 * @param <M> the model
 */
public interface Training<M extends LatentModel<M>> {
    /**
     * Trains, measures and hands over what came of it, while the rows are still cached.
     *
     * @param finish takes the result. What it throws leaves the checkpoint as it is; when it
     *     returns, the checkpoint is deleted
     */
    <T> T run(Function<Trained<M>, T> finish);
}
