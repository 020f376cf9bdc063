package io.github.sparklatent.ml.explanation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.cluster.table.ColumnPaths;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.columns.FeatureValues;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.scoring.ExplainedColumn;
import io.github.sparklatent.scoring.Explanation;
import io.github.sparklatent.scoring.RowExplainer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds to scored rows the columns of the table that contribute most to their anomaly score: an array of structs with
 * these fields, the greatest contribution first.
 *
 * <ul>
 *   <li>{@code column}: name of the column
 *   <li>{@code contribution}: in nats, not negative
 *   <li>{@code value}: value of the column in the row
 *   <li>{@code expected}: expected value given the other columns
 *   <li>{@code low} and {@code high}: central 95% of the values given the other columns; null for columns that are no
 *       numbers, and if the model has no distribution of the column
 * </ul>
 *
 * All but the contribution are texts, in the units of the table. {@code valueNumber}, {@code expectedNumber},
 * {@code lowNumber} and {@code highNumber} are the same as numbers, not rounded to five digits; null in columns that
 * are no numbers.
 */
public final class Explanations {
    /** Fields of an explanation but the numbers, in their order. */
    public static final List<String> FIELDS = List.of("column", "contribution", "value", "expected", "low", "high");

    private static final List<String> NUMBERS =
            List.of("contribution", "valueNumber", "expectedNumber", "lowNumber", "highNumber");

    /** Type of the added column. */
    public static final DataType TYPE = DataTypes.createArrayType(cell(), false);

    private Explanations() {}

    private static StructType cell() {
        StructType type = new StructType();
        for (String field : FIELDS) {
            type = type.add(field, NUMBERS.contains(field) ? DataTypes.DoubleType : DataTypes.StringType);
        }
        for (String field : NUMBERS.subList(1, NUMBERS.size())) {
            type = type.add(field, DataTypes.DoubleType);
        }
        return type;
    }

    /** Returns one column of an explanation in words. */
    public static String words(Row column) {
        String value =
                "%s %s, expected %s".formatted(column.getAs("column"), column.getAs("value"), column.getAs("expected"));
        return column.getAs("low") == null
                ? value
                : value + " (%s to %s)".formatted(column.getAs("low"), column.getAs("high"));
    }

    /**
     * Returns the rows with their explanations.
     *
     * @param rows rows with the columns of the table and with the features
     * @param explainer explains rows by their features
     * @param assembler stage that made the features
     * @param width number of features of a row
     * @param explained whether a row is explained; the others get null
     * @param most greatest number of columns of an explanation
     * @param name name of the added column
     */
    public static Dataset<Row> add(
            Dataset<Row> rows,
            RowExplainer.Source explainer,
            FeatureAssembler assembler,
            int width,
            Column explained,
            int most,
            String name) {
        List<ExplainedColumn> columns =
                ExplainedColumn.of(assembler.columnEncoders(), List.of(assembler.getInputCols()), width);
        ColumnPaths table = new ColumnPaths(rows.schema());
        Column[] texts = columns.stream()
                .map(column -> table.expression(column.name()).orElse(lit(null)).cast(DataTypes.StringType))
                .toArray(Column[]::new);
        StructType out = rows.schema().add(name, TYPE, true);
        List<Column> given = new ArrayList<>();
        for (String field : rows.schema().fieldNames()) {
            given.add(SchemaColumns.column(field));
        }
        given.add(array(texts).as(SchemaColumns.unused(rows.schema(), "latent_texts")));
        given.add(explained.as(SchemaColumns.unused(rows.schema(), "latent_explained")));
        return rows.select(given.toArray(Column[]::new))
                .mapPartitions(
                        new ExplainedRows(
                                explainer,
                                columns,
                                assembler.scaling(),
                                SchemaColumns.index(rows.schema(), "features", assembler.getOutputCol()),
                                most),
                        Encoders.row(out))
                .to(out);
    }

    /**
     * Replaces the last column of rows, which says whether a row is explained, by the explanation: the columns with the
     * greatest contributions. The column before has the values of the table's columns as texts.
     *
     * @param source opens the explainer of a task
     * @param columns columns of the table
     * @param scaling scaling of the numbers
     * @param features index of the features column
     * @param most greatest number of columns of an explanation
     */
    private record ExplainedRows(
            RowExplainer.Source source, List<ExplainedColumn> columns, Scaling scaling, int features, int most)
            implements MapPartitionsFunction<Row, Row> {
        /** Rows that are explained together; their conditional distributions share matrices. */
        private static final int TOGETHER = 64;

        /** Rows that wait for others to be explained with. */
        private static final int WAITING = 1024;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new Explained(rows);
        }

        private final class Explained implements Iterator<Row> {
            private final Iterator<Row> rows;
            private final int width =
                    columns.stream().mapToInt(ExplainedColumn::count).sum();
            private final double[] batch = new double[TOGETHER * width];
            private final double[] row = new double[width];
            private final List<Row> pending = new ArrayList<>();
            private Explanation explanation;
            private int next;

            /** Rows of the batch that were returned. */
            private int explained;

            Explained(Iterator<Row> rows) {
                this.rows = rows;
            }

            @Override
            public boolean hasNext() {
                if (next == pending.size() && rows.hasNext()) {
                    fill();
                }
                return next < pending.size();
            }

            private void fill() {
                pending.clear();
                next = 0;
                explained = 0;
                int count = 0;
                while (pending.size() < WAITING && count < TOGETHER && rows.hasNext()) {
                    Row given = rows.next();
                    pending.add(given);
                    if (isExplained(given)) {
                        TableReading.take(explanation().explainer(), given, count);
                        FeatureValues.read(given.get(features), "features", width, row, 0, Invalid.KEEP);
                        System.arraycopy(row, 0, batch, count * width, width);
                        count++;
                    }
                }
                if (count > 0) {
                    explanation().evaluate(batch, count);
                }
            }

            private Explanation explanation() {
                if (explanation == null) { // most partitions have rows, but few may have anomalies
                    explanation = new Explanation(source, columns, scaling);
                }
                return explanation;
            }

            private boolean isExplained(Row given) {
                return !given.isNullAt(given.length() - 1) && given.getBoolean(given.length() - 1);
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the partition has no more rows");
                }
                Row given = pending.get(next++);
                Object[] values = new Object[given.length() - 1];
                for (int i = 0; i < values.length - 1; i++) {
                    values[i] = given.get(i);
                }
                if (isExplained(given)) {
                    List<String> texts = given.getList(given.length() - 2);
                    values[values.length - 1] = explanation().of(explained++, texts, most).stream()
                            .map(Explained::row)
                            .toArray();
                }
                return RowFactory.create(values);
            }

            private static Row row(Explanation.Cell cell) {
                List<Explanation.Value> values = List.of(cell.value(), cell.expected(), cell.low(), cell.high());
                return RowFactory.create(Stream.of(
                                Stream.of(cell.column(), cell.contribution()),
                                values.stream().map(Explanation.Value::text),
                                values.stream().map(Explanation.Value::number))
                        .flatMap(own -> own)
                        .toArray());
            }
        }
    }
}
