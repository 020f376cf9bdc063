package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.io.Serializable;
import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Sums w x and w over the rows of a table without rounding. A shuffle delivers rows in a different order each time, and
 * the choice between nearly equal models must not depend on it.
 */
final class WeightedSum implements Serializable {
    private BigDecimal value = BigDecimal.ZERO;
    private BigDecimal weight = BigDecimal.ZERO;
    private long unusableValues;
    private long unusableWeights;

    private WeightedSum() {}

    /** Adds a row with two doubles, value and weight, and returns this sum. */
    private WeightedSum add(Row row) {
        double x = row.isNullAt(0) ? Double.NaN : row.getDouble(0);
        double w = row.isNullAt(1) ? Double.NaN : row.getDouble(1);
        boolean usableWeight = w >= 0 && Double.isFinite(w);
        boolean usableValue = Double.isFinite(x) && !(usableWeight && !Double.isFinite(w * x));
        if (usableValue && usableWeight) {
            value = value.add(new BigDecimal(w * x));
            weight = weight.add(new BigDecimal(w));
        }
        unusableValues += usableValue ? 0 : 1;
        unusableWeights += usableWeight ? 0 : 1;
        return this;
    }

    private WeightedSum plus(WeightedSum other) {
        value = value.add(other.value);
        weight = weight.add(other.weight);
        unusableValues += other.unusableValues;
        unusableWeights += other.unusableWeights;
        return this;
    }

    /**
     * Returns Σ w x / Σ w of a column, with the same bits for every order of the rows.
     *
     * @param role what the column is in messages
     * @param weightColumn column of weights; empty: each is 1
     * @throws DataException if a value or a weight is invalid, or no row has a positive weight
     */
    static double mean(Dataset<?> table, String role, String column, String weightColumn) {
        StructType schema = table.schema();
        SchemaColumns.requireNumber(schema, role, column);
        Column weight = lit(1.0);
        if (!weightColumn.isEmpty()) {
            SchemaColumns.requireNumber(schema, "weight", weightColumn);
            weight = SchemaColumns.named(schema, "weight", weightColumn);
        }
        Column value = SchemaColumns.named(schema, role, column);
        WeightedSum sum = table.select(value.cast(DataTypes.DoubleType), weight.cast(DataTypes.DoubleType))
                .toJavaRDD()
                .aggregate(new WeightedSum(), WeightedSum::add, WeightedSum::plus);
        requireNone(sum.unusableValues, role, column, "finite numbers");
        requireNone(sum.unusableWeights, "weight", weightColumn, "numbers not below 0");
        if (sum.weight.signum() <= 0) {
            throw new DataException("there are no rows of positive weight to evaluate, expected at least one");
        }
        return sum.value.doubleValue() / sum.weight.doubleValue();
    }

    private static void requireNone(long unusable, String role, String column, String expected) {
        if (unusable > 0) {
            throw new DataException("%s column \"%s\" is null, NaN, infinite or out of range in %d rows, expected %s"
                    .formatted(role, column, unusable, expected));
        }
    }
}
