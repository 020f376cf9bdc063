package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.PackedDoubles;
import io.github.sparklatent.learn.PackedFloats;
import java.io.Serializable;

/**
 * The result of one partition, or one slice (a range of entries) of this result, and the time of its computation. The
 * result has floats, of which the weighted average over the partitions is computed, and doubles, which are added. The
 * class is not a record, because Kryo cannot read records.
 */
public final class Partial implements Serializable {
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
     * @param partition index of the partition
     * @param start start of the computation, in milliseconds on the executor's clock
     * @param end end of the computation, in milliseconds on the executor's clock
     * @param weight weight of the partition in the average
     * @param averaged the floats to average over the partitions
     * @param values the doubles to add over the partitions
     */
    public Partial(int partition, long start, long end, double weight, PackedFloats averaged, PackedDoubles values) {
        this.partition = partition;
        this.start = start;
        this.end = end;
        this.weight = weight;
        this.averaged = averaged;
        this.values = values;
    }

    /**
     * Creates a result with doubles to add and nothing to average.
     *
     * @param values the doubles. Kept, not copied.
     */
    public Partial(int partition, long start, long end, double[] values) {
        this(partition, start, end, 0, NONE, PackedDoubles.of(values));
    }

    /** Number of entries. The averaged entries come first, then the added entries. */
    long length() {
        return (long) averaged.length() + values.length();
    }

    /** Returns a slice: the entries with the indices {@code from} to {@code to} − 1. */
    Partial slice(long from, long to) {
        long n = averaged.length();
        return new Partial(
                partition,
                start,
                end,
                weight,
                averaged.slice((int) Math.min(from, n), (int) Math.min(to, n)),
                values.slice((int) Math.max(from - n, 0), (int) Math.max(to - n, 0)));
    }
}
