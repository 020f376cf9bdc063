package io.github.sparklatent.cluster.table;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Expressions of the numbers of columns that hold numbers, vectors or arrays of numbers. */
public final class PlainNumbers {
    /** Type of an array of doubles without nulls. */
    static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);

    /**
     * Largest number of entries of a sparse vector. The statistics of so many columns take up to 300 MiB in a task, and
     * a row takes 32 MiB.
     */
    static final int MAX_WIDTH = 1 << 22;

    private PlainNumbers() {}

    /**
     * Returns an expression of all numbers of a row as one array of doubles. A null number becomes NaN; if a vector or
     * an array is null, the whole array is null.
     *
     * <p>Nulls are replaced in the array, not in each column: the generated code of a hundred columns is too long for
     * the JIT compiler, and took twice the time.
     */
    static Column of(List<StructField> fields) {
        List<Column> parts = new ArrayList<>();
        List<Column> numbers = new ArrayList<>();
        for (StructField field : fields) {
            Column column = TableColumns.expression(field);
            if (FeatureColumns.isNumber(field.dataType())) {
                numbers.add(column.cast(DataTypes.DoubleType));
                continue;
            }
            flush(numbers, parts);
            parts.add(array(field.name(), field.dataType(), column));
        }
        flush(numbers, parts);
        Column all = parts.size() == 1 ? parts.get(0) : concat(parts.toArray(Column[]::new));
        boolean areVectors = fields.stream().allMatch(field -> FeatureColumns.isVector(field.dataType()));
        return areVectors ? all : transform(all, number -> coalesce(number, lit(Double.NaN)));
    }

    /** Returns the numbers of a vector or of an array of numbers as an array of doubles. */
    public static Column array(String name, DataType type, Column column) {
        return FeatureColumns.isVector(type)
                ? entries(name, column)
                : column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
    }

    /**
     * Returns the entries of a vector as an array. A sparse vector may claim any size, so the size is checked before
     * there is an array of it. Dense vectors have no size of their own.
     */
    private static Column entries(String name, Column vector) {
        Column size = functions.unwrap_udt(vector).getField("size");
        UDF1<Integer, double[]> refuse = found -> {
            throw tooWide(name, found);
        };
        return when(size.gt(MAX_WIDTH), udf(refuse, NUMBERS).apply(size))
                .when(vector.isNotNull(), vector_to_array(vector, "float64"));
    }

    static DataException tooWide(String name, int found) {
        return new DataException(
                "features column \"%s\" has a sparse vector of %d entries, expected at most %d, because a model computes on all entries of a row; select fewer features or hash them"
                        .formatted(name, found, MAX_WIDTH));
    }

    private static void flush(List<Column> numbers, List<Column> parts) {
        if (!numbers.isEmpty()) {
            parts.add(functions.array(numbers.toArray(Column[]::new)));
            numbers.clear();
        }
    }
}
