package io.github.sparklatent.ml.explanation;

import io.github.sparklatent.scoring.Explanation;
import java.util.List;
import java.util.stream.Stream;
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

    /** Returns an explanation as the cell of a row. */
    public static Object[] cells(List<Explanation.Cell> explanation) {
        return explanation.stream().map(Explanations::row).toArray();
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
