package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.PackedRows.Packed;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.PartitionSizes;
import io.github.sparklatent.linalg.FloatBlock;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;

/**
 * The sums that the first job finds in the packed rows of each partition. Blocks that are lost with a worker are packed
 * again from the source, which somebody may have overwritten. So each later traversal compares the partitions that it
 * reads.
 */
final class PackedSums implements Serializable {
    /** Largest absolute value that can be used. The square of a larger value comes close to the overflow of a float. */
    private static final double LIMIT = 1e18;

    /** Number of rows of each partition, and the sum of their fingerprints. */
    private final long[] rows;

    private final long[] fingerprints;

    private final double[] weights;

    /** Number of rows that the model cannot use, and a sentence about the first of them; null if there is none. */
    private final long flawed;

    private final String example;

    private PackedSums(List<Part> parts) {
        rows = parts.stream().mapToLong(part -> part.rows).toArray();
        fingerprints = parts.stream().mapToLong(part -> part.fingerprint).toArray();
        weights = parts.stream().mapToDouble(part -> part.weight).toArray();
        flawed = parts.stream().mapToLong(part -> part.flawed).sum();
        example = parts.stream()
                .map(part -> part.example)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Counts the rows of each partition, in one job if they are on the workers.
     *
     * @param check requirements on the rows of shards, which are weighed too; null: only their number is needed
     */
    static <B> PackedSums of(Partitions<Packed<B>> packed, RowCheck check) {
        return new PackedSums(packed
                .map((i, part) -> List.of(new Part(part, check)).iterator())
                .collect()
                .stream()
                .flatMap(List::stream)
                .toList());
    }

    /** The counts of one partition. The class is not a record, because Kryo cannot read records. */
    private static final class Part implements Serializable {
        private long rows;
        private long fingerprint;
        private double weight;
        private long flawed;
        private String example;

        <B> Part(Iterator<Packed<B>> packed, RowCheck check) {
            while (packed.hasNext()) {
                Packed<B> one = packed.next();
                rows += one.rows;
                fingerprint += one.fingerprint;
                if (check != null && one.block instanceof FloatBlock block) {
                    add(block, check);
                }
            }
        }

        private void add(FloatBlock block, RowCheck check) {
            double[] row = new double[block.width()];
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = block.rows().data[i * row.length + j];
                }
                weight += block.weight(i);
                String flaw = flawInFloats(row, block.weight(i));
                flaw = flaw == null ? check.flaw(row) : flaw;
                if (flaw != null) {
                    flawed++;
                    example = example == null ? flaw : example;
                }
            }
        }
    }

    private static String flawInFloats(double[] row, float weight) {
        for (int j = 0; j < row.length; j++) {
            if (Math.abs(row[j]) > LIMIT) {
                return "feature %d of %d is beyond %s, too large for single precision; scale the data, or correct it"
                        .formatted(j + 1, row.length, LIMIT);
            }
        }
        return weight > 0 && weight <= LIMIT
                ? null
                : "the weight is %s in single precision, expected above 0 and up to %s".formatted(weight, LIMIT);
    }

    /** Returns the numbers of rows of the partitions of shards, and the total weight of the rows. */
    PartitionSizes sizes() {
        return PartitionSizes.of(rows, weights);
    }

    /**
     * Requires that the rows are those that were counted, and that the model can use each of them.
     *
     * @param name name of the rows in messages, e.g. "training rows"
     * @throws DataException if the table has changed, or if the model cannot use some of the rows
     */
    void require(TableStatistics.Part counted, String name) {
        long found = 0;
        long fingerprint = 0;
        for (int i = 0; i < rows.length; i++) {
            found += rows[i];
            fingerprint += fingerprints[i];
        }
        TableStatistics.requireSame(counted.rows, counted.fingerprint, found, fingerprint);
        if (flawed > 0) {
            throw new DataException(
                    "%d of %d %s cannot be used by this model".formatted(flawed, found, name), ", e.g. " + example);
        }
    }

    /**
     * Returns the blocks. A traversal fails at the end of a partition that has other rows than before, with a
     * {@link DataException}.
     */
    <B> JavaRDD<B> checked(JavaRDD<Packed<B>> packed) {
        return packed.mapPartitionsWithIndex((i, part) -> new Checked<>(i, part), true);
    }

    /** The blocks of a partition. */
    private final class Checked<B> implements Iterator<B> {
        private final int partition;
        private final Iterator<Packed<B>> packed;
        private long found;
        private long fingerprint;

        Checked(int partition, Iterator<Packed<B>> packed) {
            this.partition = partition;
            this.packed = packed;
        }

        @Override
        public boolean hasNext() {
            boolean more = packed.hasNext();
            if (!more) {
                TableStatistics.requireSame(rows[partition], fingerprints[partition], found, fingerprint);
            }
            return more;
        }

        @Override
        public B next() {
            Packed<B> one = packed.next();
            found += one.rows;
            fingerprint += one.fingerprint;
            return one.block;
        }
    }
}
