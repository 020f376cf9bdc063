package io.github.sparklatent.learn;

import java.util.List;

/**
 * Where an EM loop stands between two rounds: all that is needed to go on as if it had never
 * stopped.
 *
 * @param model parameters after the rounds of the history
 * @param history a record for each expectation taken
 * @param events what had to be mended so far, each sentence once
 * @param reseeded components re-seeded so far
 * @param reseededLast whether the last update re-seeded one
 */
public record EmState<M>(
        M model, List<Round> history, List<String> events, int reseeded, boolean reseededLast) {
    public EmState {
        history = List.copyOf(history);
        events = List.copyOf(events);
    }

    /** The state before the first round. */
    public static <M> EmState<M> start(M model) {
        return new EmState<>(model, List.of(), List.of(), 0, false);
    }
}
