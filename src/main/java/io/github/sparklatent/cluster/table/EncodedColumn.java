package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.columns.ArrayEncoder;
import io.github.sparklatent.columns.CategoryEncoder;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.DateEncoder;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Expressions of the values that encoders read and write. */
public final class EncodedColumn {
    private EncodedColumn() {}

    /**
     * Returns an expression of the values that an encoder reads: doubles, texts or arrays of doubles.
     *
     * @param found type of the column in the table that is read
     * @throws DataException if a column of this type cannot be read
     */
    public static Column source(ColumnEncoder encoder, DataType found, Column values) {
        boolean isText = found instanceof StringType;
        boolean isNumber = FeatureColumns.isNumber(found);
        boolean isDate =
                found instanceof DateType || found instanceof TimestampType || found instanceof TimestampNTZType;
        if (encoder instanceof ArrayEncoder) {
            require(
                    encoder,
                    found,
                    FeatureColumns.isFeature(found) && !isNumber,
                    "a vector or an array of numbers, as in the training table");
            return PlainNumbers.array(encoder.column(), found, values);
        }
        if (encoder instanceof CategoryEncoder) {
            require(encoder, found, isText || isNumber || isDate, "a text, a number, a boolean or a date");
        } else if (encoder instanceof DateEncoder) {
            require(encoder, found, isText || isDate, "a date, a timestamp or a text like 2024-01-31");
        } else {
            require(encoder, found, isText || isNumber, "a number or a text that writes one, as in the training table");
            return isText ? values : values.cast(DataTypes.DoubleType);
        }
        return isText ? values : ZonedText.of(found, values, zone(encoder));
    }

    private static void require(ColumnEncoder encoder, DataType found, boolean isRead, String expected) {
        if (!isRead) {
            throw new DataException("features column \"%s\" is a %s, expected %s"
                    .formatted(encoder.column(), found.simpleString(), expected));
        }
    }

    /** Returns the type that a column has in tables that are written. */
    public static DataType type(ColumnEncoder encoder) {
        return SavedType.of(encoder.writtenAs());
    }

    /** Returns the type of the values that {@link ColumnEncoder#decode} returns. */
    public static DataType decodedType(ColumnEncoder encoder) {
        return switch (encoder.decoded()) {
            case NUMBER -> DataTypes.DoubleType;
            case TEXT -> DataTypes.StringType;
            case NUMBERS -> PlainNumbers.NUMBERS;
        };
    }

    /** Returns an expression of decoded values with the type of written tables. */
    public static Column written(ColumnEncoder encoder, Column decoded) {
        DataType type = type(encoder);
        return encoder.decoded() == ColumnEncoder.Decoded.TEXT
                ? ZonedText.parsed(decoded, type, zone(encoder))
                : decoded.cast(type);
    }

    /** Returns the time zone of a column's moments; null: it has none. */
    private static String zone(ColumnEncoder encoder) {
        return encoder instanceof CategoryEncoder category
                ? category.zone()
                : encoder instanceof DateEncoder date ? date.zone() : null;
    }

    /** Writes the values of a row as numbers by the encoders of its columns. */
    static final class EncodedNumbers implements UDF1<Row, double[]> {
        private final ColumnEncoder[] encoders;
        private final int[] starts;
        private final boolean compares;
        private int width;

        EncodedNumbers(List<? extends ColumnEncoder> encoders, boolean compares) {
            this.encoders = encoders.toArray(ColumnEncoder[]::new);
            this.compares = compares;
            this.starts = new int[this.encoders.length];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = width;
                width += this.encoders[i].features().size();
            }
        }

        /**
         * Returns an expression of all numbers of a row as one array of doubles.
         *
         * @param fields column of each encoder, in the same order
         * @param compares whether only the numbers are returned by which distributions of the columns are compared
         */
        static Column of(
                ColumnPaths paths, List<StructField> fields, List<? extends ColumnEncoder> encoders, boolean compares) {
            List<Column> sources = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                StructField field = fields.get(i);
                Column source = EncodedColumn.source(encoders.get(i), field.dataType(), paths.expression(field));
                sources.add(source.as("v" + i));
            }
            return udf(new EncodedNumbers(encoders, compares), PlainNumbers.NUMBERS)
                    .apply(struct(sources.toArray(Column[]::new)));
        }

        /** Returns the numbers of a row; null if an array is missing. */
        @Override
        public double[] call(Row values) {
            double[] row = new double[width];
            for (int i = 0; i < encoders.length; i++) {
                if (!encoders[i].encode(value(values.get(i)), row, starts[i])) {
                    if (!compares) {
                        return null;
                    }
                    Arrays.fill(row, starts[i], end(i), Double.NaN);
                }
            }
            return compares ? compared(row, values) : row;
        }

        private int end(int encoder) {
            return encoder + 1 < starts.length ? starts[encoder + 1] : width;
        }

        /**
         * Returns the numbers by which distributions of the columns are compared.
         *
         * @param row all numbers of a row. Not modified.
         * @param cells values of the columns, of which unknown ones are infinite; null: unknown values are missing
         */
        double[] compared(double[] row, Row cells) {
            double[] numbers = new double[row.length];
            int count = 0;
            for (int i = 0; i < encoders.length; i++) {
                int end = end(i);
                if (encoders[i].decoded() == ColumnEncoder.Decoded.NUMBERS) {
                    System.arraycopy(row, starts[i], numbers, count, end - starts[i]);
                    count += end - starts[i];
                } else if (end > starts[i]) { // a column of one category has no number
                    double number = encoders[i].compared(row, starts[i]);
                    boolean isUnknown = cells != null && Double.isNaN(number) && encoders[i].isUnknown(cells.get(i));
                    numbers[count++] = isUnknown ? Double.NEGATIVE_INFINITY : number;
                }
            }
            return Arrays.copyOf(numbers, count);
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

    /** Reads the types of columns in saved models, which a stranger may have written. */
    public static final class SavedType {
        private static final ObjectMapper MAPPER = new ObjectMapper();
        private static final String VECTOR =
                SQLDataTypes.VectorType().getClass().getName();

        private SavedType() {}

        /**
         * Returns the type that a text of JSON describes. Spark creates the class that a user-defined type names,
         * whatever it is, so only that of vectors is read.
         *
         * @throws IllegalArgumentException if the text is no such type
         */
        public static DataType of(String json) {
            try {
                for (JsonNode own : MAPPER.readTree(json).findValues("class")) {
                    Require.that(
                            own.asText().equals(VECTOR),
                            "the type of a column names the class %s, expected %s",
                            own.asText(),
                            VECTOR);
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "the type of a column is \"%s\", expected one in JSON".formatted(json), e);
            }
            return DataType.fromJson(json);
        }
    }
}
