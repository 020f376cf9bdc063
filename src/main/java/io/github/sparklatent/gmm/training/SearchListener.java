package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.learn.em.Round;
import java.util.function.Function;

/**
 * Observes a training of any family of mixtures, for progress and checkpoints.
 *
 * @param <T> the state of the training
 */
@FunctionalInterface
public interface SearchListener<T> extends StartListener {
    /**
     * Called after each update; an exception ends the training.
     *
     * @param description the current fit, e.g. {@code GMM full K=10}
     * @param round record of the round that has ended
     * @param maxRounds maximum of rounds of this fit
     * @param state state from which the training can continue
     */
    void afterRound(String description, Round round, int maxRounds, T state);

    /**
     * Called after each traversal of the data during the initialisation of a fit. A training cannot continue from
     * there; an exception ends the training.
     *
     * @param description description of the traversal
     */
    @Override
    default void whileStarting(String description) {}

    static <T> SearchListener<T> none() {
        return (description, round, maxRounds, state) -> {};
    }

    /** Returns a listener of states in another form. */
    default <F> SearchListener<F> of(Function<F, T> form) {
        SearchListener<T> self = this;
        return new SearchListener<>() {
            @Override
            public void afterRound(String description, Round round, int maxRounds, F state) {
                self.afterRound(description, round, maxRounds, form.apply(state));
            }

            @Override
            public void whileStarting(String description) {
                self.whileStarting(description);
            }

            @Override
            public boolean isOver() {
                return self.isOver();
            }
        };
    }
}
