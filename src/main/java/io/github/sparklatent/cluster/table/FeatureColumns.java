package io.github.sparklatent.cluster.table;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The feature columns of a table, in order: numbers, vectors or arrays of numbers. */
public final class FeatureColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ROLE = "features";
    private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);

    /**
     * Largest number of entries of a sparse vector. The counts of so many columns take 200 MiB in a
     * task, and a row takes 32 MiB.
     */
    static final int GREATEST_WIDTH = 1 << 22;

    private final List<StructField> fields;

    private FeatureColumns(List<StructField> fields) {
        this.fields = fields;
    }

    /**
     * Finds the feature columns of a table.
     *
     * @param patterns names or globs with * and ?. A name that exists is taken literally; names are
     *     compared as Spark's resolver does. Empty: every numeric column.
     * @param excluded columns that a glob or an empty list does not select: label, weight, key
     * @throws DataException if a name does not exist or is not unique, if a column is not numeric,
     *     or if no column is selected
     */
    public static FeatureColumns resolve(
            StructType schema, List<String> patterns, Set<String> excluded) {
        TableColumns table = new TableColumns(schema);
        Set<StructField> fields = new LinkedHashSet<>();
        for (String pattern : patterns) {
            fields.addAll(matches(table, pattern, excluded));
        }
        if (patterns.isEmpty()) {
            table.all().stream()
                    .filter(field -> isFeature(field.dataType()))
                    .filter(field -> !table.isOneOf(field, excluded))
                    .forEach(fields::add);
        }
        if (fields.isEmpty()) {
            throw new DataException(
                    "the table has no numeric feature column (its columns: %s); expected numbers, vectors or arrays of numbers"
                            .formatted(table.describe()));
        }
        fields.forEach(field -> table.requireOne(ROLE, field));
        return new FeatureColumns(List.copyOf(fields));
    }

    private static List<StructField> matches(
            TableColumns table, String pattern, Set<String> excluded) {
        boolean glob = pattern.contains("*") || pattern.contains("?");
        List<StructField> found;
        if (glob && table.named(pattern).isEmpty()) {
            found =
                    table.matching(pattern).stream()
                            .filter(field -> !table.isOneOf(field, excluded))
                            .toList();
            if (found.isEmpty()) {
                throw new DataException(
                        "%s column \"%s\" matches no column; the table's columns: %s"
                                .formatted(ROLE, pattern, table.describe()));
            }
        } else {
            found = List.of(table.one(ROLE, pattern));
        }
        found.forEach(FeatureColumns::requireFeature);
        return found;
    }

    private static void requireFeature(StructField field) {
        if (!isFeature(field.dataType())) {
            throw new DataException(
                    "%s column \"%s\" is %s, expected a number, a vector or an array of numbers"
                            .formatted(ROLE, field.name(), TableColumns.article(field.dataType())));
        }
    }

    /**
     * Returns whether a column of this type holds numbers: a number, a vector or an array of
     * numbers.
     */
    public static boolean isFeature(DataType type) {
        return isNumber(type)
                || isVector(type)
                || type instanceof ArrayType elements && isNumber(elements.elementType());
    }

    /** Returns whether a column of this type is a number; booleans count as 0 and 1. */
    public static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    /** Returns names and types of the columns, in order. */
    public String identity() {
        return fields.stream()
                .map(field -> field.name() + " " + field.dataType().json())
                .toList()
                .toString();
    }

    /** Names of the columns. */
    public List<String> columns() {
        return fields.stream().map(StructField::name).toList();
    }

    /**
     * Returns whether every column is a single number, so that the width is the number of columns.
     */
    public boolean areNumbers() {
        return fields.stream().allMatch(field -> isNumber(field.dataType()));
    }

    /**
     * Returns an expression of all numbers of a row as one array of doubles. A null number becomes
     * NaN; if a vector or an array is null, the whole array is null.
     *
     * <p>Nulls are replaced in the array, not in each column: the generated code of a hundred
     * columns is too long for the JIT compiler, and took twice the time.
     */
    public Column numbers() {
        List<Column> parts = new ArrayList<>();
        List<Column> numbers = new ArrayList<>();
        for (StructField field : fields) {
            Column column = TableColumns.expression(field);
            if (isNumber(field.dataType())) {
                numbers.add(column.cast(DataTypes.DoubleType));
                continue;
            }
            flush(numbers, parts);
            parts.add(
                    isVector(field.dataType())
                            ? entries(field.name(), column)
                            : column.cast(DataTypes.createArrayType(DataTypes.DoubleType)));
        }
        flush(numbers, parts);
        Column all = parts.size() == 1 ? parts.get(0) : concat(parts.toArray(Column[]::new));
        boolean areVectors = fields.stream().allMatch(field -> isVector(field.dataType()));
        return areVectors ? all : transform(all, FeatureColumns::orNaN);
    }

    /**
     * Returns the entries of a vector as an array. A sparse vector may claim any size, so the size
     * is checked before there is an array of it. Dense vectors have no size of their own.
     */
    private static Column entries(String name, Column vector) {
        Column size = functions.unwrap_udt(vector).getField("size");
        UDF1<Integer, double[]> refuse =
                found -> {
                    throw new DataException(
                            "%s column \"%s\" has a sparse vector of %d entries, expected at most %d, because a model computes on all entries of a row; select fewer features or hash them"
                                    .formatted(ROLE, name, found, GREATEST_WIDTH));
                };
        return when(size.gt(GREATEST_WIDTH), udf(refuse, NUMBERS).apply(size))
                .when(vector.isNotNull(), vector_to_array(vector, "float64"));
    }

    private static void flush(List<Column> numbers, List<Column> parts) {
        if (!numbers.isEmpty()) {
            parts.add(functions.array(numbers.toArray(Column[]::new)));
            numbers.clear();
        }
    }

    private static Column orNaN(Column column) {
        return coalesce(column, lit(Double.NaN));
    }

    /**
     * Returns a name for each number: the name of its column, or {@code column[3]} if a column has
     * several numbers.
     *
     * @param width number of numbers of a row
     */
    public List<String> featureNames(int width) {
        if (areNumbers()) {
            return columns();
        }
        List<String> names = new ArrayList<>();
        int single = (int) fields.stream().filter(field -> isNumber(field.dataType())).count();
        int several = fields.size() - single;
        for (StructField field : fields) {
            if (isNumber(field.dataType())) {
                names.add(field.name());
            } else if (several == 1) {
                for (int i = 0; i < width - single; i++) {
                    names.add(field.name() + "[" + i + "]");
                }
            }
        }
        if (names.size() != width) {
            names.clear();
            for (int i = 0; i < width; i++) {
                names.add("features[" + i + "]");
            }
        }
        return names;
    }
}
