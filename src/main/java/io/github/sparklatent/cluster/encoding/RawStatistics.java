package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.SmallTable;
import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.PlainNumbers;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.ZonedText;
import io.github.sparklatent.columns.ColumnStatistics;
import io.github.sparklatent.columns.ColumnStatistics.ColumnBudget;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Statistics of the columns of a source as they are, before they are encoded, computed in one traversal. They do not
 * depend on how the rows are cut into partitions.
 */
final class RawStatistics implements Serializable {
    /** About how many tasks send their statistics to the driver, which may be 20 MB each. */
    private static final int SENDERS = 4;

    final ColumnStatistics[] columns;
    final RowSample sample;

    private RawStatistics(boolean[] ranked) {
        int width = ranked.length;
        int counted = (int) IntStream.range(0, width).filter(j -> ranked[j]).count();
        ColumnBudget budget = ColumnBudget.of(width, counted);
        columns = new ColumnStatistics[width];
        Arrays.setAll(columns, j -> new ColumnStatistics(budget, ranked[j]));
        sample = new RowSample(width);
    }

    /**
     * A column to describe.
     *
     * @param name name of the column, for messages
     * @param type type of the column in the table
     * @param expression the column
     * @param asText whether values of any type are described as texts
     * @param zone time zone of timestamps
     * @param ranked whether each number is counted
     */
    record Source(String name, DataType type, Column expression, boolean asText, String zone, boolean ranked) {
        private Column column() {
            if (!asText && FeatureColumns.isNumber(type)) {
                return expression.cast(DataTypes.DoubleType);
            }
            return !asText && FeatureColumns.isFeature(type)
                    ? PlainNumbers.array(name, type, expression)
                    : ZonedText.of(type, expression, zone);
        }
    }

    /** Describes columns of a table in one Spark job. */
    static RawStatistics take(Dataset<Row> table, List<Source> sources, TextFormat format) {
        boolean[] ranked = new boolean[sources.size()];
        for (int j = 0; j < ranked.length; j++) {
            ranked[j] = sources.get(j).ranked();
        }
        Column[] columns = IntStream.range(0, ranked.length)
                .mapToObj(j -> sources.get(j).column().as("v" + j))
                .toArray(Column[]::new);
        Dataset<Row> selected = table.select(columns);
        if (SmallTable.isHere(table, TableOptions.DEFAULT.driverBytes())) {
            return count(selected.collectAsList().iterator(), ranked, format);
        }
        JavaRDD<Row> rows = selected.toJavaRDD();
        if (rows.getNumPartitions() == 0) {
            return new RawStatistics(ranked);
        }
        return Described.run(
                JavaSparkContext.fromSparkContext(rows.context()),
                "table, columns described",
                () -> rows.mapPartitions(
                                part -> List.of(count(part, ranked, format)).iterator())
                        .treeReduce(RawStatistics::merge, Math.max(2, (int)
                                Math.ceil(Math.log(rows.getNumPartitions()) / Math.log(SENDERS)))));
    }

    private static RawStatistics count(Iterator<Row> rows, boolean[] ranked, TextFormat format) {
        RawStatistics statistics = new RawStatistics(ranked);
        int width = ranked.length;
        long[] hashes = new long[width];
        while (rows.hasNext()) {
            Row row = rows.next();
            for (int j = 0; j < width; j++) {
                statistics.add(j, row.get(j), format, hashes);
            }
            statistics.sample.add(hashes);
        }
        for (ColumnStatistics column : statistics.columns) {
            column.compact();
        }
        return statistics;
    }

    private void add(int j, Object value, TextFormat format, long[] hashes) {
        ColumnStatistics column = columns[j];
        if (value instanceof String text) {
            hashes[j] = column.add(text.strip(), format);
        } else if (value instanceof Double number) {
            hashes[j] = column.add(number);
        } else if (value instanceof scala.collection.Seq<?> array) {
            column.addArray(array.length());
            hashes[j] = 0;
        } else {
            hashes[j] = column.add(null, format);
        }
    }

    private static RawStatistics merge(RawStatistics a, RawStatistics b) {
        for (int j = 0; j < a.columns.length; j++) {
            a.columns[j].merge(b.columns[j]);
        }
        a.sample.merge(b.sample);
        return a;
    }

    /**
     * The rows with the smallest hashes of their content. Which rows these are does not depend on the order of the
     * rows; equal rows are in the sample once.
     */
    static final class RowSample implements Serializable {
        /** Number of rows of the sample. */
        static final int ROWS = 2000;

        /** Largest number of values of the sample, so that wide tables have fewer rows. */
        private static final int VALUES = 1 << 20;

        private final int size;
        private final TreeMap<Long, long[]> rows = new TreeMap<>();

        RowSample(int columns) {
            size = Math.min(ROWS, Math.max(1, VALUES / Math.max(1, columns)));
        }

        /**
         * Adds a row if its hash is small enough.
         *
         * @param hashes a hash for each column; copied if it is kept
         */
        void add(long[] hashes) {
            long hash = 1;
            for (long column : hashes) {
                hash = ValueHash.next(hash, column);
            }
            if (rows.size() < size || hash < rows.lastKey()) {
                add(hash, hashes.clone());
            }
        }

        private void add(long hash, long[] values) {
            rows.putIfAbsent(hash, values);
            if (rows.size() > size) {
                rows.pollLastEntry();
            }
        }

        void merge(RowSample other) {
            other.rows.forEach(this::add);
        }

        /** Returns a hash for each column of each row, in the order of the hashes of the rows. */
        Collection<long[]> rows() {
            return rows.values();
        }
    }
}
