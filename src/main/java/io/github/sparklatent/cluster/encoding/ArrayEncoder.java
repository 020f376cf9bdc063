package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.ColumnEncoder;
import io.github.sparklatent.cluster.table.Feature;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.PlainNumbers;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A vector or an array of numbers.
 *
 * @param column name of the column
 * @param type type in tables that are written: an array of doubles
 * @param width number of numbers
 */
record ArrayEncoder(String column, DataType type, int width) implements ColumnEncoder {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Feature> features() {
        return IntStream.range(0, width)
                .mapToObj(i -> Feature.number(column + "[" + i + "]"))
                .toList();
    }

    @Override
    public Column source(DataType found, Column values) {
        if (FeatureColumns.isFeature(found) && !FeatureColumns.isNumber(found)) {
            return PlainNumbers.array(column, found, values);
        }
        throw new DataException(
                "features column \"%s\" is a %s, expected a vector or an array of numbers, as in the training table"
                        .formatted(column, found.simpleString()));
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public boolean encode(Object value, double[] row, int at) {
        if (value == null) {
            return false;
        }
        scala.collection.Seq<?> numbers = (scala.collection.Seq<?>) value;
        if (numbers.length() != width) {
            throw new DataException("features column \"%s\" has %d numbers, expected %d in each row"
                    .formatted(column, numbers.length(), width));
        }
        for (int i = 0; i < width; i++) {
            Object number = numbers.apply(i);
            row[at + i] = number == null ? Double.NaN : (Double) number;
        }
        return true;
    }

    @Override
    public Object decode(double[] row, int at) {
        return Arrays.copyOfRange(row, at, at + width);
    }

    @Override
    public DataType decodedType() {
        return DataTypes.createArrayType(DataTypes.DoubleType, false);
    }

    @Override
    public String identity() {
        return ColumnEncoders.toMap(this).toString();
    }
}
