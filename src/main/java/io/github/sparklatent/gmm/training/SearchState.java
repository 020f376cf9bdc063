package io.github.sparklatent.gmm.training;

import io.github.sparklatent.learn.em.EmState;
import java.util.List;

/**
 * The state of a training: all that is needed to continue it with the same result.
 *
 * @param <M> the mixture
 * @param <S> the model of a fit between two rounds
 * @param done metrics of the completed fits, in order
 * @param best the best fit among the numbers of components whose restarts have all ended; null before the first of
 *     these numbers
 * @param leader the best of the restarts that have ended with the current number of components; null before the first
 * @param current state of the current fit, or null before the next has started
 */
public record SearchState<M, S>(List<Candidate> done, MixtureFit<M> best, MixtureFit<M> leader, EmState<S> current) {
    public SearchState {
        done = List.copyOf(done);
    }

    /** Returns the state before the first fit. */
    public static <M, S> SearchState<M, S> start() {
        return new SearchState<>(List.of(), null, null, null);
    }

    /** Returns the state within the next fit. */
    SearchState<M, S> with(EmState<S> state) {
        return new SearchState<>(done, best, leader, state);
    }
}
