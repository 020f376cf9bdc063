package io.github.sparklatent.cluster.reduce;

import org.apache.spark.Partitioner;

/**
 * Sends each slice of the partial results to the task with its index. The natural order of the keys
 * is the order in which a task combines: by slice, headers before contents, then by partition.
 *
 * <pre>
 *   key = slice · 2³² + (0 for a header, 2³¹ for a content) + partition
 * </pre>
 */
final class SlicePartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;
    private static final long CONTENT = 1L << 31;

    private final int slices;

    SlicePartitioner(int slices) {
        this.slices = slices;
    }

    /** Returns the key of the header of a partition's part. */
    static long header(int slice, int partition) {
        return (long) slice << Integer.SIZE | partition;
    }

    /** Returns the key of the content of a partition's part. */
    static long content(int slice, int partition) {
        return header(slice, partition) | CONTENT;
    }

    static boolean isHeader(long key) {
        return (key & CONTENT) == 0;
    }

    static int slice(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    @Override
    public int numPartitions() {
        return slices;
    }

    @Override
    public int getPartition(Object key) {
        return slice((Long) key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlicePartitioner partitioner && partitioner.slices == slices;
    }

    @Override
    public int hashCode() {
        return slices;
    }
}
