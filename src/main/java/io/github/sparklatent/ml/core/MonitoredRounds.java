package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import java.util.Optional;

/**
 * Reports the rounds of an EM loop to the monitor of its training.
 *
 * @param description description of the model
 * @param most largest number of rounds
 */
public record MonitoredRounds<M>(TrainingMonitor monitor, String description, int most) implements EmListener<M> {
    @Override
    public void afterRound(Round round, EmState<M> state) {
        monitor.afterRound(RoundProgress.of(description, state.history(), most, true), state);
    }

    @Override
    public boolean isOver() {
        return monitor.isOver(1);
    }

    /** Returns a sentence that says why the rounds ended early; empty if they did not. */
    public static Optional<String> endedEarly(TrainingMonitor monitor, int rounds, int most) {
        return monitor.endedEarly("round %d of %d".formatted(rounds, most));
    }
}
