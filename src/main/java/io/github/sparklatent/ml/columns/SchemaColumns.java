package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds and checks columns of a table by name. */
public final class SchemaColumns {
    /** Column of {@link #keyed}. */
    public static final String KEY = "latent_key";

    /** Types that Spark's hash functions refuse. */
    private static final Pattern NOT_HASHED = Pattern.compile("MAP<|VARIANT");

    private SchemaColumns() {}

    /**
     * Returns a column as an expression.
     *
     * @throws DataException like {@link #require}
     */
    public static Column named(StructType schema, String role, String name) {
        return TableColumns.expression(require(schema, role, name));
    }

    /**
     * Returns the index of a column.
     *
     * @throws DataException like {@link #require}
     */
    public static int index(StructType schema, String role, String name) {
        return schema.fieldIndex(require(schema, role, name).name());
    }

    /**
     * Returns the only column of a name, found as Spark does.
     *
     * @param role use of the column, e.g. {@code features}
     * @throws DataException if the name does not exist or is not unique
     */
    public static StructField require(StructType schema, String role, String name) {
        return new TableColumns(schema).one(role, name);
    }

    /**
     * Returns a column of numbers, vectors or arrays of numbers.
     *
     * @throws DataException if the column has another type
     */
    public static StructField requireFeatures(StructType schema, String name) {
        StructField field = require(schema, "features", name);
        DataType type = field.dataType();
        if (!FeatureColumns.isFeature(type)) {
            throw new DataException("features column \"%s\" is a %s, expected a number, a vector or an array of numbers"
                    .formatted(name, type.typeName()));
        }
        return field;
    }

    /**
     * Requires a column of numbers.
     *
     * @throws DataException if the column has another type
     */
    public static void requireNumber(StructType schema, String role, String name) {
        DataType type = require(schema, role, name).dataType();
        if (!FeatureColumns.isNumber(type)) {
            throw new DataException(
                    "%s column \"%s\" is a %s, expected a number".formatted(role, name, type.typeName()));
        }
    }

    /**
     * Returns the schema with an added column.
     *
     * @throws DataException if a column of the same name exists already
     */
    public static StructType add(StructType schema, String role, StructField field) {
        if (!new TableColumns(schema).named(field.name()).isEmpty()) {
            throw new DataException("the table has a column \"%s\" already; give the %s column another name, or none"
                    .formatted(field.name(), role));
        }
        return schema.add(field);
    }

    /** Selects the columns of a schema with their metadata. {@code Dataset.to} would copy each nested value. */
    public static Dataset<Row> select(Dataset<Row> rows, StructType schema) {
        return rows.select(Arrays.stream(schema.fields())
                .map(field -> column(field.name()).as(field.name(), field.metadata()))
                .toArray(Column[]::new));
    }

    /**
     * Requires a table that can be passed through a function on rows.
     *
     * @throws DataException if two columns have the same name, or if a column is a day-time interval, which Spark
     *     cannot pass through
     */
    public static void requireCarried(StructType schema) {
        TableColumns table = new TableColumns(schema);
        for (StructField field : schema.fields()) {
            if (table.named(field.name()).size() > 1) {
                throw new DataException(
                        "the table has more than one column \"%s\", expected different names".formatted(field.name()));
            }
            if (field.dataType() instanceof DayTimeIntervalType) {
                throw new DataException(
                        "column \"%s\" is a day-time interval, which Spark cannot pass through a function on rows; select the other columns first"
                                .formatted(field.name()));
            }
        }
    }

    /** Returns only the columns that {@link #requireCarried} allows. */
    public static Dataset<Row> selectCarried(Dataset<?> dataset) {
        TableColumns table = new TableColumns(dataset.schema());
        return dataset.select(table.all().stream()
                .filter(field -> table.named(field.name()).size() == 1)
                .filter(field -> !(field.dataType() instanceof DayTimeIntervalType))
                .map(TableColumns::expression)
                .toArray(Column[]::new));
    }

    /**
     * Adds the column {@value KEY}, a function of the cells of a row and of its place among rows that are alike; those
     * of a stream have no place. A table that has it is returned as it is.
     */
    public static Dataset<Row> keyed(Dataset<Row> rows) {
        if (Arrays.asList(rows.columns()).contains(KEY)) {
            return rows;
        }
        Column hash = functions.xxhash64(Arrays.stream(rows.schema().fields())
                .filter(field -> !NOT_HASHED.matcher(field.dataType().sql()).find())
                .map(field -> column(field.name()))
                .flatMap(cell -> Stream.of(cell, cell.isNull())) // a hash passes over nulls
                .toArray(Column[]::new));
        Column place = rows.isStreaming()
                ? functions.lit(1)
                : functions.row_number().over(Window.partitionBy(hash).orderBy(hash));
        return rows.withColumn(KEY, functions.xxhash64(hash, place));
    }

    /** Returns the lower-case names of enum constants, as in configurations. */
    public static List<String> names(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns a name similar to the wish that no column has; case is ignored. */
    public static String unused(StructType schema, String wish) {
        Set<String> taken = Arrays.stream(schema.fieldNames())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String name = wish;
        while (taken.contains(name.toLowerCase(Locale.ROOT))) {
            name = name + "_";
        }
        return name;
    }

    /** Returns a column by its name, which may contain any characters. */
    public static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    /**
     * Reads a table; error messages begin with its name.
     *
     * @param name name of the table in messages; empty if messages need no name
     * @throws DataException with the name before the message
     */
    public static <T> T naming(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DataException e) {
            if (name.isEmpty() || e.getMessage().startsWith(name.split(" ")[0] + " ")) {
                throw e;
            }
            throw new DataException(name + ": " + e.getMessage(), e);
        }
    }
}
