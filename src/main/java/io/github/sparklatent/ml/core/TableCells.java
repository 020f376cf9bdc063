package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.struct;

import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.columns.DecodedColumns;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that a model returns, as structs of the columns of the table; as they are if these hold plain numbers.
 *
 * @param encoders encoders of the columns of the table
 * @param output the columns of the model, with one of features if it returns rows whose missing cells are imputed
 */
record TableCells(List<ColumnEncoder> encoders, OutputColumns output) {
    private static final List<ScoreColumn> ROWS = List.of(ScoreColumn.IMPUTED, ScoreColumn.RECONSTRUCTION);

    /** Returns the schema of scored rows with the types of the table's columns. */
    StructType in(StructType schema) {
        StructType row = new StructType();
        for (ColumnEncoder encoder : encoders) {
            row = row.add(encoder.column(), EncodedColumn.type(encoder), true);
        }
        StructType out = new StructType();
        for (StructField field : schema.fields()) {
            boolean isRow = !encoders.isEmpty()
                    && ROWS.stream().map(output.names()::get).anyMatch(field.name()::equals);
            out = isRow ? out.add(field.name(), row, false) : out.add(field);
        }
        return out;
    }

    /** Returns scored rows with the types of the table's columns. */
    Dataset<Row> of(Dataset<Row> scored) {
        Dataset<Row> rows = scored;
        for (Map.Entry<ScoreColumn, String> one : output.names().entrySet()) {
            if (ROWS.contains(one.getKey()) && !encoders.isEmpty()) {
                Column numbers = SchemaColumns.column(one.getValue());
                List<Column> cells = one.getKey() == ScoreColumn.IMPUTED
                        ? DecodedColumns.completed(encoders, numbers, SchemaColumns.column(output.features()), false)
                        : DecodedColumns.observed(encoders, numbers, false);
                rows = rows.withColumn(one.getValue(), struct(cells.toArray(Column[]::new)));
            }
        }
        return rows;
    }
}
