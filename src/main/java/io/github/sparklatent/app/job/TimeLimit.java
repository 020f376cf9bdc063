package io.github.sparklatent.app.job;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The time that a training may take. A training that resumes has the whole time again. */
final class TimeLimit {
    private static final double NANOSECONDS = 1e9;

    private final double seconds;
    private final LongSupplier clock;
    private long start;
    private boolean over;

    /**
     * Creates a limit.
     *
     * @param seconds the time; 0: no limit
     * @param clock current time in nanoseconds
     */
    TimeLimit(double seconds, LongSupplier clock) {
        this.seconds = seconds;
        this.clock = clock;
    }

    /** Starts the time. */
    void start() {
        start = clock.getAsLong();
    }

    /** Returns whether a share of the time is over. */
    boolean isOver(double share) {
        boolean isOver = seconds > 0 && clock.getAsLong() - start >= share * seconds * NANOSECONDS;
        over |= isOver;
        return isOver;
    }

    /** Returns a sentence about the end of the training; empty if the limit has not ended it. */
    Optional<String> sentence(String position) {
        return over
                ? Optional.of("%s = %s is over after %s"
                        .formatted(
                                "train.maxSeconds",
                                BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString(),
                                position))
                : Optional.empty();
    }
}
