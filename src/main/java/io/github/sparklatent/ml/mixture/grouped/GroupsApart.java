package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udaf;

import io.github.sparklatent.cluster.RowGroups;
import io.github.sparklatent.ml.evaluation.ExactSum;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The groups that get no model because of their key or their number of rows: those with a null as a key, and those with
 * more rows than a task keeps in memory. Their rows stay where they are and only sums are brought together, because one
 * task would else receive most rows of a table.
 *
 * @param hasNulls whether the key of a group has a null
 * @param large keys of the groups with too many rows
 */
record GroupsApart(boolean hasNulls, List<List<String>> large) {
    GroupsApart {
        large = List.copyOf(large);
    }

    /** Returns whether a key has a null. */
    static Column hasNull(Column key) {
        return exists(key, Column::isNull);
    }

    /** Returns the largest number of rows of a group that a task keeps in memory. */
    static long mostRows(int width) {
        return RowGroups.GREATEST_BYTES / Double.BYTES / Math.max(1, width);
    }

    /** Returns a condition on a row with the column of groups: that its group is one of these. */
    Column condition() {
        Column group = col(RowGroups.GROUP);
        Column condition = hasNulls ? hasNull(group) : lit(false);
        for (List<String> key : large) {
            Column[] texts = key.stream().map(text -> lit(text)).toArray(Column[]::new);
            condition = condition.or(group.equalTo(array(texts)));
        }
        return condition;
    }

    /** Returns whether there are no such groups. */
    boolean isEmpty() {
        return !hasNulls && large.isEmpty();
    }

    /**
     * Returns one row for each of these groups, as {@link RowGroups#map} does.
     *
     * @param rows rows of {@link RowGroups#apart}
     * @param schema schema of the result
     */
    static Dataset<Row> totals(Dataset<Row> rows, StructType schema, RowGroups.Work work) {
        Column[] sums = {sum("holdoutRows"), exact("weight"), exact("holdoutWeight"), sum("high"), sum("low")};
        MapFunction<Row, Row> function = row -> result(row, work);
        return rows.groupBy(RowGroups.GROUP).agg(sum("rows"), sums).map(function, Encoders.row(schema));
    }

    private static Column exact(String column) {
        return udaf(new ExactSum(), Encoders.DOUBLE()).apply(col(column));
    }

    private static Row result(Row sums, RowGroups.Work work) {
        List<String> key = sums.getList(0);
        Row row = work.of(new RowGroups.Group(
                key,
                sums.getLong(1),
                sums.getLong(2),
                sums.getDouble(3),
                sums.getDouble(4),
                List.of(),
                List.of(),
                key.stream().noneMatch(Objects::isNull)));
        Object[] values = new Object[row.length() + 1];
        for (int i = 0; i < row.length(); i++) {
            values[i] = row.get(i);
        }
        values[row.length()] = (sums.getLong(5) << Integer.SIZE) + sums.getLong(6);
        return RowFactory.create(values);
    }
}
