package io.github.sparklatent.ml.columns;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;

/** The values of encoded columns, computed from the numbers of a row in the units of the table. */
public final class DecodedColumns {
    private static final Column NOTHING = lit(null).cast(SQLDataTypes.VectorType());

    private DecodedColumns() {}

    /**
     * Returns the names of the decoded columns.
     *
     * @param flat whether each number of an array is a column of its own
     */
    public static List<String> names(List<ColumnEncoder> encoders, boolean flat) {
        return encoders.stream()
                .flatMap(encoder -> flat && isArray(encoder)
                        ? encoder.features().stream().map(Feature::name)
                        : List.of(encoder.column()).stream())
                .toList();
    }

    private static boolean isArray(ColumnEncoder encoder) {
        return encoder.decoded() == ColumnEncoder.Decoded.NUMBERS;
    }

    /**
     * Returns the decoded columns, with the types and within the ranges of the training table.
     *
     * @param numbers vector with the numbers of a row
     * @param flat whether each number of an array is a column of its own
     * @param isGiven whether a number, by its index, was given, so that its value may have any size
     */
    public static List<Column> of(List<ColumnEncoder> encoders, Column numbers, boolean flat, IntPredicate isGiven) {
        return decoded(encoders, numbers, NOTHING, flat, isGiven);
    }

    /**
     * Returns the decoded columns of rows that were observed, with the types of the training table and any values.
     *
     * @param numbers vector with the numbers of a row
     * @param flat whether each number of an array is a column of its own
     */
    public static List<Column> observed(List<ColumnEncoder> encoders, Column numbers, boolean flat) {
        return decoded(encoders, numbers, NOTHING, flat, at -> true);
    }

    /**
     * Returns the decoded columns of rows whose missing cells were imputed: these are within the ranges of the training
     * table.
     *
     * @param numbers vector with the numbers of a row
     * @param features vector that has NaN where a number was missing
     * @param flat whether each number of an array is a column of its own
     */
    public static List<Column> completed(List<ColumnEncoder> encoders, Column numbers, Column features, boolean flat) {
        return decoded(encoders, numbers, features, flat, at -> false);
    }

    private static List<Column> decoded(
            List<ColumnEncoder> encoders, Column numbers, Column given, boolean flat, IntPredicate anySize) {
        List<Column> columns = new ArrayList<>();
        int at = 0;
        for (ColumnEncoder encoder : encoders) {
            Column value = EncodedColumn.written(
                    encoder,
                    udf(decode(encoder, at, anySize.test(at)), EncodedColumn.decodedType(encoder))
                            .apply(numbers, given));
            if (flat && isArray(encoder)) {
                IntStream.range(0, encoder.features().size())
                        .mapToObj(i ->
                                value.getItem(i).as(encoder.features().get(i).name()))
                        .forEach(columns::add);
            } else {
                columns.add(value.as(encoder.column()));
            }
            at += encoder.features().size();
        }
        return columns;
    }

    private static UDF2<Vector, Vector, Object> decode(ColumnEncoder encoder, int at, boolean anySize) {
        boolean isWhole = anySize || encoder.features().isEmpty(); // one category has no number
        return (vector, given) -> isWhole || given != null && !Double.isNaN(given.apply(at))
                ? encoder.read(vector.toArray(), at)
                : encoder.decode(vector.toArray(), at);
    }
}
