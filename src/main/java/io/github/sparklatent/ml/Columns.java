package io.github.sparklatent.ml;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a table by name, with sentences for what can be wrong with them. */
final class Columns {
    private Columns() {}

    /** A column of exactly this name. */
    static Column named(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

    /**
     * The one column of this name.
     *
     * @param role what the column is for, e.g. {@code features}
     * @throws DataException where there is none or more than one
     */
    static StructField require(StructType schema, String role, String name) {
        List<StructField> found =
                Arrays.stream(schema.fields()).filter(field -> field.name().equals(name)).toList();
        if (found.isEmpty()) {
            String nearest = NearestName.of(name, schema.fieldNames());
            throw new DataException(
                    nearest.isEmpty()
                            ? "the table has no columns, expected the %s column \"%s\""
                                    .formatted(role, name)
                            : "%s column \"%s\" does not exist; the nearest name is \"%s\""
                                    .formatted(role, name, nearest));
        }
        if (found.size() > 1) {
            throw new DataException(
                    "%s column \"%s\" exists %d times, expected once"
                            .formatted(role, name, found.size()));
        }
        return found.get(0);
    }

    /**
     * A column of numbers, vectors or arrays of numbers.
     *
     * @throws DataException for any other
     */
    static StructField requireFeatures(StructType schema, String name) {
        StructField field = require(schema, "features", name);
        DataType type = field.dataType();
        boolean array = type instanceof ArrayType elements && isNumber(elements.elementType());
        if (!array && !isNumber(type) && !type.equals(SQLDataTypes.VectorType())) {
            throw new DataException(
                    "features column \"%s\" is a %s, expected a number, a vector or an array of numbers"
                            .formatted(name, type.typeName()));
        }
        return field;
    }

    /**
     * A column of numbers.
     *
     * @throws DataException for any other
     */
    static void requireNumber(StructType schema, String role, String name) {
        DataType type = require(schema, role, name).dataType();
        if (!isNumber(type)) {
            throw new DataException(
                    "%s column \"%s\" is a %s, expected a number"
                            .formatted(role, name, type.typeName()));
        }
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    /**
     * A column to be added.
     *
     * @throws DataException where one of this name exists already
     */
    static StructType add(StructType schema, String role, StructField field) {
        if (Arrays.stream(schema.fieldNames()).anyMatch(field.name()::equalsIgnoreCase)) {
            throw new DataException(
                    "the table has a column \"%s\" already; give the %s column another name, or none"
                            .formatted(field.name(), role));
        }
        return schema.add(field);
    }

    /**
     * A table that can go through a function on rows.
     *
     * @throws DataException for two columns of one name, and for day-time intervals, which Spark
     *     does not take through
     */
    static void requireSerializable(StructType schema, boolean caseSensitive) {
        Set<String> names = new HashSet<>();
        for (StructField field : schema.fields()) {
            String name = caseSensitive ? field.name() : field.name().toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                throw new DataException(
                        "the table has more than one column \"%s\", expected different names"
                                .formatted(field.name()));
            }
            if (field.dataType() instanceof DayTimeIntervalType) {
                throw new DataException(
                        "column \"%s\" is a day-time interval, which Spark cannot take through; select the others first"
                                .formatted(field.name()));
            }
        }
    }

    /** Lower-case names of an enumeration's values, as configurations have them. */
    static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    }
}
