package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.SmallTable;
import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.ColumnSummary;
import io.github.sparklatent.columns.ColumnSummary.ColumnBudget;
import io.github.sparklatent.columns.LevelCounts.ValueHash;
import io.github.sparklatent.columns.TextFormat;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Summaries of the columns of a table before they are encoded, and a sample of its rows, computed in one traversal.
 * They do not depend on how the rows are cut into partitions.
 */
final class ColumnSummaries implements Serializable {
    /** About how many tasks send their summaries to the driver, which may be 20 MB each. */
    private static final int SENDERS = 4;

    /** Number of rows of the sample, and its largest number of values, so that wide tables have fewer rows. */
    private static final int SAMPLED = 2000;

    private static final int SAMPLED_VALUES = 1 << 20;

    final ColumnSummary[] columns;

    /** Hashes of the values of the rows with the smallest hashes, by the hash of a row; equal rows are in it once. */
    private final TreeMap<Long, long[]> sample = new TreeMap<>();

    private ColumnSummaries(boolean[] ranked) {
        int width = ranked.length;
        int counted = (int) IntStream.range(0, width).filter(j -> ranked[j]).count();
        ColumnBudget budget = ColumnBudget.of(width, counted);
        columns = new ColumnSummary[width];
        Arrays.setAll(columns, j -> new ColumnSummary(budget, ranked[j]));
    }

    /**
     * Summarises columns of a table in one Spark job.
     *
     * @param selected columns of the table as numbers, texts or arrays of numbers
     * @param ranked whether the numbers of each column are counted
     */
    static ColumnSummaries of(Dataset<Row> table, Column[] selected, boolean[] ranked, TextFormat format) {
        Dataset<Row> values = table.select(selected);
        if (SmallTable.isHere(table, TableOptions.DEFAULT.driverBytes())) {
            return of(values.collectAsList().iterator(), ranked, format);
        }
        JavaRDD<Row> rows = values.toJavaRDD();
        int partitions = rows.getNumPartitions();
        int depth = Math.max(2, (int) Math.ceil(Math.log(partitions) / Math.log(SENDERS)));
        return partitions == 0
                ? new ColumnSummaries(ranked)
                : Described.run(
                        JavaSparkContext.fromSparkContext(rows.context()),
                        "table, columns described",
                        () -> rows.mapPartitions(part ->
                                        List.of(of(part, ranked, format)).iterator())
                                .treeReduce(ColumnSummaries::merge, depth));
    }

    private static ColumnSummaries of(Iterator<Row> rows, boolean[] ranked, TextFormat format) {
        ColumnSummaries summaries = new ColumnSummaries(ranked);
        ColumnSummary[] columns = summaries.columns;
        long[] hashes = new long[columns.length];
        while (rows.hasNext()) {
            Row row = rows.next();
            long hash = 1;
            for (int j = 0; j < hashes.length; j++) {
                Object value = row.get(j);
                hashes[j] = value instanceof Double number
                        ? columns[j].add(number)
                        : value instanceof scala.collection.Seq<?> array
                                ? columns[j].addArray(array.length())
                                : columns[j].add((String) value, format);
                hash = ValueHash.next(hash, hashes[j]);
            }
            summaries.keep(hash, hashes);
        }
        for (ColumnSummary column : columns) {
            column.compact();
        }
        return summaries;
    }

    /** Keeps a row in the sample if its hash is small enough. */
    private void keep(long hash, long[] values) {
        int most = Math.min(SAMPLED, Math.max(1, SAMPLED_VALUES / Math.max(1, columns.length)));
        if (sample.size() < most || hash < sample.lastKey()) {
            sample.computeIfAbsent(hash, key -> values.clone());
            if (sample.size() > most) {
                sample.pollLastEntry();
            }
        }
    }

    private static ColumnSummaries merge(ColumnSummaries a, ColumnSummaries b) {
        for (int j = 0; j < a.columns.length; j++) {
            a.columns[j].merge(b.columns[j]);
        }
        b.sample.forEach(a::keep);
        return a;
    }

    /** Returns a hash for each column of each sampled row. Which rows these are does not depend on their order. */
    Collection<long[]> sample() {
        return sample.values();
    }
}
