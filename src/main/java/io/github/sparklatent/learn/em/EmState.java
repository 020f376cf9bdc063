package io.github.sparklatent.learn.em;

import java.util.List;

/**
 * Where an EM loop stands between two rounds: all that is needed to go on as if it had never
 * stopped.
 *
 * @param model parameters after the rounds of the history
 * @param history a record for each expectation taken
 * @param events what had to be repaired so far, each sentence once
 * @param reinitialized components re-initialised so far
 * @param reinitializedLast whether the last update re-initialised one
 */
public record EmState<M>(
        M model,
        List<Round> history,
        List<String> events,
        int reinitialized,
        boolean reinitializedLast) {
    public EmState {
        history = List.copyOf(history);
        events = List.copyOf(events);
    }

    /** The state before the first round. */
    public static <M> EmState<M> start(M model) {
        return new EmState<>(model, List.of(), List.of(), 0, false);
    }
}
