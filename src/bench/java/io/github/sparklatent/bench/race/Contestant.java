package io.github.sparklatent.bench.race;

import java.io.IOException;

/** One system with the data of one case in memory, ready to fit. */
interface Contestant extends AutoCloseable {
    /** Fits from the start. */
    Fit fit(int iterations) throws IOException;

    /**
     * Greatest difference of the objectives of two systems that did the same work, nats per row; infinity for a system
     * with a start of its own.
     */
    default double tolerance() {
        return Double.POSITIVE_INFINITY;
    }

    /** Details of the last fit, for the log. */
    default String remark() {
        return "";
    }

    @Override
    default void close() throws IOException {
        // a system without resources
    }

    /**
     * A fit.
     *
     * @param seconds it took
     * @param iterations it made: EM rounds or epochs
     * @param objective mean log-likelihood or bound per row; of a mixture the one before the last update
     */
    record Fit(double seconds, int iterations, double objective) {}
}
