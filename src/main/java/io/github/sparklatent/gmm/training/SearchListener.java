package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.learn.em.Round;

/**
 * Observes a training of any family of mixtures, for progress and checkpoints.
 *
 * @param <M> the mixture
 * @param <S> the model of a fit between two rounds
 */
@FunctionalInterface
public interface SearchListener<M, S> extends StartListener {
    /**
     * Called after each update; an exception ends the training.
     *
     * @param description the current fit, e.g. {@code GMM full K=10}
     * @param round record of the round that has ended
     * @param maxRounds maximum of rounds of this fit
     * @param state state from which the training can continue
     */
    void afterRound(String description, Round round, int maxRounds, SearchState<M, S> state);

    /**
     * Called after each traversal of the data during the initialisation of a fit. A training cannot continue from
     * there; an exception ends the training.
     *
     * @param description description of the traversal
     */
    @Override
    default void whileStarting(String description) {}

    static <M, S> SearchListener<M, S> none() {
        return (description, round, maxRounds, state) -> {};
    }
}
