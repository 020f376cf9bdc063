package io.github.sparklatent.cluster.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.columns.ArrayEncoder;
import io.github.sparklatent.columns.CategoryEncoder;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.DateEncoder;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
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
        return isText ? values : ZonedText.of(found, values, encoder.zone());
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
                ? ZonedText.parsed(decoded, type, encoder.zone())
                : decoded.cast(type);
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
