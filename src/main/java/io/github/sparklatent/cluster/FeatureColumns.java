package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;

import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that make up a row's numbers, in order: numbers, vectors, arrays of numbers. */
public final class FeatureColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<StructField> fields;

    private FeatureColumns(List<StructField> fields) {
        this.fields = fields;
    }

    /**
     * Finds the feature columns of a table.
     *
     * @param patterns names or globs with * and ?; a name that exists is taken literally. Empty:
     *     every numeric column.
     * @param excluded columns that a glob or an empty list does not take: label, weight, key
     * @throws DataException for a name that does not exist, a column that is no number, or no
     *     column at all
     */
    public static FeatureColumns resolve(
            StructType schema, List<String> patterns, Set<String> excluded) {
        List<StructField> fields = new ArrayList<>();
        for (String pattern : patterns) {
            List<StructField> matches = matches(schema, pattern, excluded);
            matches.stream().filter(field -> !fields.contains(field)).forEach(fields::add);
        }
        if (patterns.isEmpty()) {
            Arrays.stream(schema.fields())
                    .filter(
                            field ->
                                    isFeature(field.dataType()) && !excluded.contains(field.name()))
                    .forEach(fields::add);
        }
        if (fields.isEmpty()) {
            throw new DataException(
                    "the table has no numeric column to learn from (its columns: %s); expected numbers, vectors or arrays of numbers"
                            .formatted(describe(schema)));
        }
        return new FeatureColumns(fields);
    }

    private static List<StructField> matches(
            StructType schema, String pattern, Set<String> excluded) {
        List<StructField> named =
                Arrays.stream(schema.fields())
                        .filter(field -> field.name().equals(pattern))
                        .toList();
        boolean glob = named.isEmpty() && (pattern.contains("*") || pattern.contains("?"));
        Pattern regex = glob ? regex(pattern) : null;
        List<StructField> found =
                glob
                        ? Arrays.stream(schema.fields())
                                .filter(
                                        field ->
                                                regex.matcher(field.name()).matches()
                                                        && !excluded.contains(field.name()))
                                .toList()
                        : named;
        if (found.isEmpty()) {
            throw new DataException(
                    "features column \"%s\" %s; the table's columns: %s"
                            .formatted(
                                    pattern,
                                    glob ? "matches no column" : "does not exist",
                                    describe(schema)));
        }
        if (found.size() > 1 && !glob) {
            throw new DataException(
                    "features column \"%s\" exists %d times, expected once"
                            .formatted(pattern, found.size()));
        }
        found.forEach(FeatureColumns::requireFeature);
        return found;
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    private static void requireFeature(StructField field) {
        if (!isFeature(field.dataType())) {
            throw new DataException(
                    "features column \"%s\" is a %s, expected a number, a vector or an array of numbers"
                            .formatted(field.name(), field.dataType().typeName()));
        }
    }

    private static boolean isFeature(DataType type) {
        return isNumber(type)
                || isVector(type)
                || type instanceof ArrayType elements && isNumber(elements.elementType());
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    private static String describe(StructType schema) {
        return String.join(
                        ", ",
                        Arrays.stream(schema.fields())
                                .limit(20)
                                .map(field -> field.name() + " " + field.dataType().typeName())
                                .toList())
                + (schema.fields().length > 20
                        ? ", ... " + schema.fields().length + " in all"
                        : "");
    }

    /** Names of the columns. */
    public List<String> columns() {
        return fields.stream().map(StructField::name).toList();
    }

    /** Whether every column is a single number, so that the width is the number of columns. */
    public boolean areNumbers() {
        return fields.stream().allMatch(field -> isNumber(field.dataType()));
    }

    /**
     * All numbers of a row as one array of doubles; a null number is NaN, a null vector or array
     * makes the whole null.
     */
    public Column numbers() {
        List<Column> parts = new ArrayList<>();
        List<Column> numbers = new ArrayList<>();
        for (StructField field : fields) {
            Column column = col("`" + field.name().replace("`", "``") + "`");
            if (isNumber(field.dataType())) {
                numbers.add(orNaN(column.cast(DataTypes.DoubleType)));
                continue;
            }
            flush(numbers, parts);
            parts.add(
                    isVector(field.dataType())
                            ? org.apache.spark.ml.functions.vector_to_array(column, "float64")
                            : transform(
                                    column.cast(DataTypes.createArrayType(DataTypes.DoubleType)),
                                    FeatureColumns::orNaN));
        }
        flush(numbers, parts);
        return parts.size() == 1 ? parts.get(0) : concat(parts.toArray(Column[]::new));
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
     * A name for each number: the column's, or {@code column[3]} where a column holds several.
     *
     * @param width numbers of a row
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
