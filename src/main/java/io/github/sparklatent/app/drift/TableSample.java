package io.github.sparklatent.app.drift;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
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

    /** Draws the sample. */
    public static TableSample of(Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        Dataset<RowRecord> all = TableRows.of(table, columns, options);
        long rows = all.count();
        Dataset<RowRecord> read = all.filter(col("features").isNotNull());
        int width = read.takeAsList(1).stream()
                .mapToInt(row -> row.getFeatures().length)
                .sum();
        double most = Math.min(MAX_ROWS, (double) MAX_VALUES / Math.max(1, width));
        List<RowRecord> sampled =
                read.filter(RowRoles.sampled(col("hash"), most / Math.max(1, rows))).collectAsList().stream()
                        .filter(row -> row.getFeatures().length == width && row.getWeight() > 0)
                        .sorted(Comparator.comparingLong(RowRecord::getHash)
                                .thenComparing(RowRecord::getFeatures, Arrays::compare)
                                .thenComparingDouble(RowRecord::getWeight))
                        .toList();
        return new TableSample(
                rows,
                columns.featureNames(width),
                sampled.stream().map(RowRecord::getFeatures).toList(),
                sampled.stream().mapToDouble(RowRecord::getWeight).toArray());
    }

    /** Returns the finite values of a feature. */
    public WeightedNumbers observed(int feature) {
        int[] kept = IntStream.range(0, weights.length)
                .filter(i -> Double.isFinite(values.get(i)[feature]))
                .toArray();
        return WeightedNumbers.of(
                IntStream.of(kept).mapToDouble(i -> values.get(i)[feature]).toArray(),
                IntStream.of(kept).mapToDouble(i -> weights[i]).toArray());
    }
}
