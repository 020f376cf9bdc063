package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import java.util.List;

/** Observes the training of a mixture, for progress and checkpoints. */
@FunctionalInterface
public interface SearchListener {
    /**
     * Called after each update; an exception ends the training.
     *
     * @param description the current fit, e.g. {@code GMM full K=10}
     * @param round record of the round that has ended
     * @param maxRounds maximum of rounds of this fit
     * @param state state from which the training can continue
     */
    void afterRound(String description, Round round, int maxRounds, SearchState state);

    /**
     * Called after each traversal of the data during the initialisation of a fit. A training cannot continue from
     * there; an exception ends the training.
     *
     * @param description description of the traversal
     */
    default void whileStarting(String description) {}

    /** Returns whether rounds end early, because the time of the training is over. */
    default boolean isOver() {
        return false;
    }

    static SearchListener none() {
        return (description, round, maxRounds, state) -> {};
    }

    /**
     * The state of a training: all that is needed to continue it with the same result.
     *
     * @param done metrics of the completed fits, in order
     * @param best the best fit among the numbers of components whose restarts have all ended; null before the first of
     *     these numbers
     * @param leader the best of the restarts that have ended with the current number of components; null before the
     *     first
     * @param current state of the current fit, or null before the next has started
     */
    public record SearchState(List<Candidate> done, MixtureFit best, MixtureFit leader, EmState<MixtureState> current) {
        public SearchState {
            done = List.copyOf(done);
        }

        /** Returns the state before the first fit. */
        public static SearchState start() {
            return new SearchState(List.of(), null, null, null);
        }

        /** Returns the state within the next fit. */
        SearchState with(EmState<MixtureState> state) {
            return new SearchState(done, best, leader, state);
        }
    }
}
