package io.github.sparklatent.bench;

import java.io.IOException;

/** One system with the data of one case in memory, ready to fit. */
public interface Contestant extends AutoCloseable {
    /** Name of the system, as in {@code --systems}. */
    String system();

    /** Fits from the start, for that many passes and no fewer. */
    Fit fit(int passes) throws IOException;

    /**
     * Nats a row by which what it reaches may differ from what others of the same case reach;
     * infinity where it starts elsewhere.
     */
    double tolerance();

    /** What is worth knowing of the last fit, for the log. */
    default String remark() {
        return "";
    }

    @Override
    void close() throws IOException;

    /**
     * A fit that has ended.
     *
     * @param seconds it took
     * @param passes it made
     * @param meanLogLikelihood it reached, or a bound of it, nats a row; of a mixture that before
     *     the last update
     */
    record Fit(double seconds, int passes, double meanLogLikelihood) {}
}
