package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.PackedFloats;
import java.io.Serializable;

/**
 * The result of one partition, or a slice of it, and the time of its computation: floats to be
 * averaged by weight and doubles to be added. Not a record, because Kryo cannot read records.
 */
public final class Partial implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final PackedFloats NONE = PackedFloats.of(new float[0]);

    final int partition;
    final long start;
    final long end;
    final double weight;
    final PackedFloats averaged;
    final PackedDoubles values;

    /**
     * Creates a result.
     *
     * @param start milliseconds on the executor's clock
     * @param end milliseconds on the executor's clock
     * @param weight in the average
     * @param averaged to be averaged
     * @param values to be added. Not modified.
     */
    public Partial(
            int partition,
            long start,
            long end,
            double weight,
            PackedFloats averaged,
            PackedDoubles values) {
        this.partition = partition;
        this.start = start;
        this.end = end;
        this.weight = weight;
        this.averaged = averaged;
        this.values = values;
    }

    /** Creates a result that has sums only. */
    public Partial(int partition, long start, long end, double[] values) {
        this(partition, start, end, 0, NONE, PackedDoubles.of(values));
    }

    /** Number of entries: first those averaged, then those added. */
    int length() {
        return averaged.length() + values.length();
    }

    /** Returns the entries from .. to − 1. */
    Partial slice(int from, int to) {
        int n = averaged.length();
        return new Partial(
                partition,
                start,
                end,
                weight,
                averaged.slice(Math.min(from, n), Math.min(to, n)),
                values.slice(Math.max(from - n, 0), Math.max(to - n, 0)));
    }
}
