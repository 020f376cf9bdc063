package io.github.sparklatent.learn.em;

import java.util.List;
import java.util.function.Function;

/**
 * The state of an EM loop between two rounds: everything needed to resume as if it had never stopped.
 *
 * @param model parameters after the rounds of the history
 * @param history a record for each expectation computed
 * @param warnings descriptions of the repairs made so far, each sentence once
 * @param reinitialized number of components re-initialised so far
 * @param reinitializedLast whether the last update re-initialised a component
 * @param objective of the last model that was kept; NaN before the first round, and if the next objective cannot be
 *     compared with it
 * @param secants state of the acceleration; null if the acceleration has not started
 */
public record EmState<M>(
        M model,
        List<Round> history,
        List<String> warnings,
        int reinitialized,
        boolean reinitializedLast,
        double objective,
        Secants<M> secants) {
    public EmState {
        history = List.copyOf(history);
        warnings = List.copyOf(warnings);
    }

    /** Returns the same state with the model in another form. */
    public <N> EmState<N> map(Function<M, N> form) {
        return new EmState<>(
                form.apply(model),
                history,
                warnings,
                reinitialized,
                reinitializedLast,
                objective,
                secants == null ? null : secants.map(form));
    }

    /** Returns the state before the first round. */
    public static <M> EmState<M> start(M model) {
        return new EmState<>(model, List.of(), List.of(), 0, false, Double.NaN, null);
    }
}
