package io.github.sparklatent.cluster;

import java.io.Serializable;

/**
 * One partition's sums, or a slice of them, and when they were computed. No record: Kryo cannot
 * read one.
 */
final class Partial implements Serializable {
    private static final long serialVersionUID = 1L;

    final int partition;
    final long start;
    final long end;
    final double[] values;

    /**
     * @param start milliseconds on the executor's clock
     * @param end milliseconds on the executor's clock
     */
    Partial(int partition, long start, long end, double[] values) {
        this.partition = partition;
        this.start = start;
        this.end = end;
        this.values = values;
    }
}
