package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.TableStatistics;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The number of rows of each partition of packed blocks and the sum of their fingerprints, as the first job found them.
 * Blocks that are lost with a worker are packed again from the source, which somebody may have overwritten. So each
 * later traversal compares the partitions that it reads.
 *
 * @param rows number of rows of each partition
 * @param fingerprints sum of the fingerprints of the rows of each partition
 */
record PartitionSums(long[] rows, long[] fingerprints) implements Serializable {
    /** Packs and adds the blocks of each partition in one job. */
    static <B> PartitionSums of(JavaRDD<PackedRows.Packed<B>> blocks) {
        List<long[]> parts = blocks.mapPartitions(part -> {
                    PackedRows.Packed<B> sums = PackedRows.Packed.none();
                    while (part.hasNext()) {
                        sums = sums.plus(part.next());
                    }
                    return List.of(new long[] {sums.rows, sums.fingerprint}).iterator();
                })
                .collect();
        return new PartitionSums(
                parts.stream().mapToLong(sums -> sums[0]).toArray(),
                parts.stream().mapToLong(sums -> sums[1]).toArray());
    }

    /** Returns the sums of all partitions, without a block. */
    PackedRows.Packed<?> total() {
        long all = 0;
        long sum = 0;
        for (int i = 0; i < rows.length; i++) {
            all += rows[i];
            sum += fingerprints[i];
        }
        return new PackedRows.Packed<>(null, all, sum, false);
    }

    /**
     * Returns the blocks. A traversal fails at the end of a partition that has other rows than before, with a
     * {@link io.github.sparklatent.learn.DataException}.
     */
    <B> JavaRDD<B> checked(JavaRDD<PackedRows.Packed<B>> packed) {
        return packed.mapPartitionsWithIndex((i, part) -> new Checked<>(i, part), true);
    }

    /** The blocks of a partition. */
    private final class Checked<B> implements Iterator<B> {
        private final int partition;
        private final Iterator<PackedRows.Packed<B>> packed;
        private PackedRows.Packed<B> sums = PackedRows.Packed.none();

        Checked(int partition, Iterator<PackedRows.Packed<B>> packed) {
            this.partition = partition;
            this.packed = packed;
        }

        @Override
        public boolean hasNext() {
            boolean more = packed.hasNext();
            if (!more) {
                TableStatistics.requireSame(rows[partition], fingerprints[partition], sums.rows, sums.fingerprint);
            }
            return more;
        }

        @Override
        public B next() {
            PackedRows.Packed<B> one = packed.next();
            sums = sums.plus(one);
            return one.block;
        }
    }
}
