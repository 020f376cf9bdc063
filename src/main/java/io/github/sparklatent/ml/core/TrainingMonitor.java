package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.StateType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the progress of a training, keeps checkpoints and may end it early. The default methods log each round and
 * do nothing else, which suits the fit of an Estimator.
 */
public interface TrainingMonitor {
    /** Logger of the rounds. */
    Logger LOG = LoggerFactory.getLogger(TrainingMonitor.class);

    /**
     * Returns the state to resume from, if there is a checkpoint of the same training.
     *
     * @param type a record that {@link io.github.sparklatent.learn.StateCodec} can encode
     * @param position describes how far a state is, such as "12 rounds"
     */
    default <S> Optional<S> begin(TrainingIdentity identity, StateType<S> type, Function<S, String> position) {
        return Optional.empty();
    }

    /** Receives the record of a round and the state after it, from which the training can resume. */
    default void afterRound(RoundProgress round, Object state) {
        LOG.info("{}", round);
    }

    /** Receives the description of work outside of the rounds. This method may end the training early, too. */
    default void working(String description, boolean isLong) {}

    /** Runs the rounds. */
    default <T> T rounds(Supplier<T> rounds) {
        return rounds.get();
    }

    /** Runs the work after the rounds. When the work ends, the checkpoint of the rounds is deleted. */
    default <T> T keep(Supplier<T> work) {
        return work.get();
    }

    /** Runs one phase of the work and adds its duration to the seconds of the phase. */
    default <T> T time(String phase, Supplier<T> work) {
        return work.get();
    }

    /** Returns the seconds of each phase so far. */
    default Map<String, Double> seconds() {
        return Map.of();
    }

    /**
     * Returns whether the training ends now with its best model so far, because its time is over.
     *
     * @param share share of the time that the current stage and the stages before it may take; 1 without stages
     */
    default boolean isOver(double share) {
        return false;
    }

    /**
     * Returns a sentence that says why the training has ended early; empty if {@link #isOver} has never returned true.
     *
     * @param position where it has ended, such as "round 17 of 100"
     */
    default Optional<String> endedEarly(String position) {
        return Optional.empty();
    }

    /** Ends the work here if an early end was requested. */
    default void check() {}
}
