package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * A sample of the rows of a table, chosen by the hashes of their keys, so that the same table gives the same sample.
 *
 * @param rows number of rows of the table
 * @param names names of the features
 * @param values a row of numbers for each sampled row; NaN: missing
 * @param weights weight of each sampled row, above 0
 */
public record TableSample(long rows, List<String> names, List<double[]> values, double[] weights) {
    /** The expected number of rows of a sample, and of a comparison, at most. */
    public static final int MAX_ROWS = 100_000;

    /** The largest number of values that are brought to the driver. */
    private static final int MAX_VALUES = 5_000_000;

    /** Draws the sample from the rows of a table that has been counted. */
    public static TableSample of(Dataset<RowRecord> table, TableStatistics statistics, FeatureColumns columns) {
        int width = Math.max(0, statistics.width());
        double most = Math.min(MAX_ROWS, (double) MAX_VALUES / Math.max(1, width));
        double share = most / Math.max(1, statistics.rows());
        Dataset<Row> present = table.toDF().where(col("features").isNotNull());
        List<RowRecord> sampled = RowRoles.sample(
                        present, col("hash"), col("weight"), statistics.holdoutRule(), "heldOut", share, share)
                .as(Encoders.bean(RowRecord.class))
                .collectAsList()
                .stream()
                .filter(row -> row.getFeatures().length == width && row.getWeight() > 0)
                .sorted(Comparator.comparingLong(RowRecord::getHash)
                        .thenComparing(RowRecord::getFeatures, Arrays::compare)
                        .thenComparingDouble(RowRecord::getWeight))
                .toList();
        return new TableSample(
                statistics.rows(),
                columns.featureNames(width),
                sampled.stream().map(RowRecord::getFeatures).toList(),
                sampled.stream().mapToDouble(RowRecord::getWeight).toArray());
    }
}
