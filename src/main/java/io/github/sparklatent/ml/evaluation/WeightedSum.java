package io.github.sparklatent.ml.evaluation;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Sums w x and w over the rows of a table without rounding. A shuffle delivers rows in a different order each time, and
 * the choice between nearly equal models must not depend on it.
 */
final class WeightedSum implements Serializable {
    private static final long serialVersionUID = 1L;

    private BigDecimal value = BigDecimal.ZERO;
    private BigDecimal weight = BigDecimal.ZERO;
    private long unusableValues;
    private long unusableWeights;

    private WeightedSum() {}

    /**
     * Sums in one Spark job.
     *
     * @param rows rows with two columns of doubles: value and weight
     */
    public static WeightedSum of(JavaRDD<Row> rows) {
        WeightedSum sum = new WeightedSum();
        rows.mapPartitions(WeightedSum::ofPartition).collect().forEach(sum::add);
        return sum;
    }

    private static Iterator<WeightedSum> ofPartition(Iterator<Row> rows) {
        WeightedSum sum = new WeightedSum();
        rows.forEachRemaining(sum::add);
        return List.of(sum).iterator();
    }

    private void add(Row row) {
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
    }

    private void add(WeightedSum other) {
        value = value.add(other.value);
        weight = weight.add(other.weight);
        unusableValues += other.unusableValues;
        unusableWeights += other.unusableWeights;
    }

    /** Returns Σ w x, with each product rounded once. */
    public double value() {
        return value.doubleValue();
    }

    /** Returns Σ w. */
    public double weight() {
        return weight.doubleValue();
    }

    /** Returns the number of rows whose value is null or not finite. */
    public long unusableValues() {
        return unusableValues;
    }

    /** Returns the number of rows whose weight is null, not finite or below 0. */
    public long unusableWeights() {
        return unusableWeights;
    }
}
