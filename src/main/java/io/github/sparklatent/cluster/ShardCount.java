package io.github.sparklatent.cluster;

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
 * The number of packed rows of each partition, and the number of rows that the model cannot use.
 *
 * @param sizes numbers of rows of the partitions, and the total weight of the rows
 * @param sums number of rows and sum of their fingerprints of each partition
 * @param flawed number of rows that the model cannot use
 * @param example a sentence about the first of these rows; null if there is none
 */
record ShardCount(PartitionSizes sizes, PartitionSums sums, long flawed, String example) {
    /** Largest absolute value that can be used. The square of a larger value comes close to the overflow of a float. */
    private static final double LIMIT = 1e18;

    /** Packs, caches and checks the rows in one Spark job. */
    static ShardCount take(JavaRDD<PackedRows.Packed<FloatBlock>> blocks, RowCheck check) {
        return of(blocks.mapPartitions(part -> List.of(count(part, check)).iterator())
                .collect());
    }

    /** Counts the packed rows of each partition. */
    static ShardCount of(List<List<PackedRows.Packed<FloatBlock>>> partitions, RowCheck check) {
        return of(partitions.stream()
                .map(blocks -> count(blocks.iterator(), check))
                .toList());
    }

    private static ShardCount of(List<Part> parts) {
        long[] rows = parts.stream().mapToLong(part -> part.rows).toArray();
        return new ShardCount(
                PartitionSizes.of(
                        rows, parts.stream().mapToDouble(part -> part.weight).toArray()),
                new PartitionSums(
                        rows, parts.stream().mapToLong(part -> part.fingerprint).toArray()),
                parts.stream().mapToLong(part -> part.flawed).sum(),
                parts.stream()
                        .map(part -> part.example)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /**
     * The counts of one partition: its rows, their total weight, and the rows that the model cannot use. The class is
     * not a record, because Kryo cannot read records.
     */
    private static final class Part implements Serializable {
        private long rows;
        private double weight;
        private long fingerprint;
        private long flawed;
        private String example;

        private void add(double[] row, float own, RowCheck check) {
            rows++;
            weight += own;
            String flaw = flawInFloats(row, own);
            flaw = flaw == null ? check.flaw(row) : flaw;
            if (flaw != null) {
                flawed++;
                example = example == null ? flaw : example;
            }
        }
    }

    private static Part count(Iterator<PackedRows.Packed<FloatBlock>> blocks, RowCheck check) {
        Part count = new Part();
        while (blocks.hasNext()) {
            PackedRows.Packed<FloatBlock> packed = blocks.next();
            count.fingerprint += packed.fingerprint;
            FloatBlock block = packed.block;
            double[] row = new double[block.width()];
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = block.rows().data[i * row.length + j];
                }
                count.add(row, block.weight(i), check);
            }
        }
        return count;
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

    /**
     * Requires that the model can use every row.
     *
     * @param name name of the rows in messages, e.g. "training rows"
     * @throws DataException if the model cannot use some of the rows
     */
    void requireUsable(String name) {
        if (flawed > 0) {
            throw new DataException(
                    "%d of %d %s cannot be used by this model".formatted(flawed, sizes.rows(), name),
                    ", e.g. " + example);
        }
    }
}
