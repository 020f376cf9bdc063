package io.github.sparklatent.ml.explanation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.cluster.table.ColumnPaths;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.scoring.ExplainedColumn;
import io.github.sparklatent.scoring.RowExplainer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
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
 * All but the contribution are texts, in the units of the table.
 */
public final class Explanations {
    /** Fields of an explanation, in their order. */
    public static final List<String> FIELDS = List.of("column", "contribution", "value", "expected", "low", "high");

    /** Type of the added column. */
    public static final DataType TYPE = DataTypes.createArrayType(cell(), false);

    private Explanations() {}

    private static StructType cell() {
        StructType type = new StructType();
        for (String field : FIELDS) {
            DataType own = field.equals("contribution") ? DataTypes.DoubleType : DataTypes.StringType;
            type = type.add(new StructField(field, own, true, Metadata.empty()));
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
}
