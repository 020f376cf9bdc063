package io.github.sparklatent.ml.core;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the rounds of a training: progress, checkpoints, an early end. The methods of this
 * interface log each round and do nothing else, as the fit of an Estimator wants it.
 */
public interface TrainingMonitor {
    /** The log of the rounds. */
    Logger LOG = LoggerFactory.getLogger(TrainingMonitor.class);

    /**
     * Returns the state to resume from, if there is a checkpoint of the same training.
     *
     * @param type a record that {@link io.github.sparklatent.learn.StateCodec} can encode
     * @param position describes how far a state is, such as "12 rounds"
     */
    default <S> Optional<S> begin(
            TrainingIdentity identity, Class<S> type, Function<S, String> position) {
        return Optional.empty();
    }

    /** Takes note of a round and of the state after it, from which the training can go on. */
    default void afterRound(RoundProgress round, Object state) {
        LOG.info("{}", round);
    }

    /** Takes note of work that is no round; an early end comes here too. */
    default void working(String description, boolean isLong) {}

    /** Runs the rounds. */
    default <T> T rounds(Supplier<T> rounds) {
        return rounds.get();
    }

    /** Does what follows the rounds and deletes their checkpoint when it is done. */
    default <T> T keep(Supplier<T> work) {
        return work.get();
    }

    /** Does one phase of the work and adds the time that it took to the seconds of the phase. */
    default <T> T time(String phase, Supplier<T> work) {
        return work.get();
    }

    /** Returns the seconds of the phases up to now. */
    default Map<String, Double> seconds() {
        return Map.of();
    }

    /** Ends the work here if it shall end early. */
    default void check() {}
}
