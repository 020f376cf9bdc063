package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.FloatBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * How many packed rows there are, and how many of them a model cannot use. No record: Kryo cannot
 * read one.
 */
final class ShardCount implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Beyond this the square of a float is not far from the end of the floats. */
    private static final double GREATEST = 1e18;

    private static final int SHOWN = 8;

    long rows;
    private long flawed;
    private String example;

    /** Packs, caches and checks the rows in one Spark job. */
    static ShardCount take(JavaRDD<FloatBlock> blocks, RowCheck check) {
        return blocks
                .mapPartitions(part -> List.of(count(part, check)).iterator())
                .collect()
                .stream()
                .reduce(new ShardCount(), ShardCount::merge);
    }

    private static ShardCount count(Iterator<FloatBlock> blocks, RowCheck check) {
        ShardCount count = new ShardCount();
        while (blocks.hasNext()) {
            FloatBlock block = blocks.next();
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

    private void add(double[] row, float weight, RowCheck check) {
        rows++;
        String flaw = flawInFloats(row, weight);
        flaw = flaw == null ? check.flaw(row) : flaw;
        if (flaw != null) {
            flawed++;
            example = example == null ? flaw + show(row) : example;
        }
    }

    private static String flawInFloats(double[] row, float weight) {
        for (int j = 0; j < row.length; j++) {
            if (!(Math.abs(row[j]) <= GREATEST)) {
                return "the value at place %d is beyond %s, too great for single precision; scale the data"
                        .formatted(j, GREATEST);
            }
        }
        return weight > 0 && weight <= GREATEST
                ? null
                : "the weight is %s in single precision, expected above 0 and up to %s"
                        .formatted(weight, GREATEST);
    }

    private static String show(double[] row) {
        float[] first = new float[Math.min(SHOWN, row.length)];
        for (int j = 0; j < first.length; j++) {
            first[j] = (float) row[j];
        }
        String shown = Arrays.toString(first);
        return " (the row as it is trained on: "
                + (row.length > SHOWN ? shown.replace("]", ", ...]") : shown)
                + ")";
    }

    /** The parts come in the order of the partitions, so the example is the first one's. */
    private static ShardCount merge(ShardCount a, ShardCount b) {
        ShardCount both = new ShardCount();
        both.rows = a.rows + b.rows;
        both.flawed = a.flawed + b.flawed;
        both.example = a.example == null ? b.example : a.example;
        return both;
    }

    /**
     * @param name of the rows, as a sentence has it
     * @throws DataException where the model cannot use some of them
     */
    void requireSound(String name) {
        if (flawed > 0) {
            throw new DataException(
                    "%d of %d %s cannot be used by this model, e.g. %s"
                            .formatted(flawed, rows, name, example));
        }
    }
}
