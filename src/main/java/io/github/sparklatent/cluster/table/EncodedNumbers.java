package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.RowEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructField;

/** Writes the values of a row as numbers by the encoders of its columns. */
final class EncodedNumbers implements UDF1<Row, double[]> {
    private static final long serialVersionUID = 1L;

    private final RowEncoder encoder;

    private EncodedNumbers(List<? extends ColumnEncoder> encoders) {
        this.encoder = new RowEncoder(encoders);
    }

    /**
     * Returns an expression of all numbers of a row as one array of doubles.
     *
     * @param fields column of each encoder, in the same order
     */
    static Column of(ColumnPaths paths, List<StructField> fields, List<? extends ColumnEncoder> encoders) {
        List<Column> sources = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            StructField field = fields.get(i);
            Column source = EncodedColumn.source(encoders.get(i), field.dataType(), paths.expression(field));
            sources.add(source.as("v" + i));
        }
        return udf(new EncodedNumbers(encoders), PlainNumbers.NUMBERS).apply(struct(sources.toArray(Column[]::new)));
    }

    @Override
    public double[] call(Row values) {
        return encoder.encode(i -> value(values.get(i)));
    }

    /** Returns the value that an encoder reads: an array becomes one of doubles. */
    private static Object value(Object cell) {
        if (!(cell instanceof scala.collection.Seq<?> found)) {
            return cell;
        }
        double[] numbers = new double[found.length()];
        for (int i = 0; i < numbers.length; i++) {
            Object number = found.apply(i);
            numbers[i] = number == null ? Double.NaN : (Double) number;
        }
        return numbers;
    }
}
