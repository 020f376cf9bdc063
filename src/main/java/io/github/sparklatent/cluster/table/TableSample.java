package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.columns.TableProfile.ColumnProfile;
import io.github.sparklatent.learn.WeightedNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * A sample of the rows of a table, chosen by the hashes of their keys, so that the same table gives the same sample.
 *
 * @param rows number of rows of the table
 * @param columns columns of the table, or numbers of its vectors and arrays
 * @param values a number for each column of each sampled row; NaN: missing
 * @param weights weight of each sampled row, above 0
 * @param gaps NaN for each column that some training row has no value of, which a sample may not see; else a number
 */
public record TableSample(long rows, List<Feature> columns, List<double[]> values, double[] weights, double[] gaps) {
    /** The expected number of rows of a sample, and of a comparison, at most. */
    public static final int MAX_ROWS = 100_000;

    /** The largest number of values that are brought to the driver. */
    private static final int MAX_VALUES = 5_000_000;

    /**
     * Draws the sample from the rows of a table that has been counted.
     *
     * @param few all rows, if they are on the driver
     * @param mostRows expected number of rows, at most
     */
    public static TableSample of(
            Dataset<RowRecord> table,
            Optional<List<RowRecord>> few,
            TableStatistics statistics,
            FeatureColumns columns,
            int mostRows) {
        int width = Math.max(0, statistics.width());
        double most = Math.min(mostRows, (double) MAX_VALUES / Math.max(1, width));
        double share = most / Math.max(1, statistics.rows());
        Dataset<Row> present = table.toDF().where(col("features").isNotNull());
        List<RowRecord> sampled = few
                .filter(rows -> rows.size() <= most)
                .orElseGet(() -> TableRows.sample(
                                present, col("hash"), col("weight"), statistics.holdoutRule(), "heldOut", share, share)
                        .as(Encoders.bean(RowRecord.class))
                        .collectAsList())
                .stream()
                .filter(row -> row.getFeatures() != null && row.getFeatures().length == width && row.getWeight() > 0)
                .sorted(Comparator.comparingLong(RowRecord::getHash)
                        .thenComparing(RowRecord::getFeatures, Arrays::compare)
                        .thenComparingDouble(RowRecord::getWeight))
                .toList();
        long[] missing = Arrays.copyOf(statistics.train().missing, width);
        double[] gaps = Arrays.stream(missing)
                .mapToDouble(count -> count > 0 ? Double.NaN : 0)
                .toArray();
        return new TableSample(
                statistics.rows(),
                columns.compared(width),
                sampled.stream()
                        .map(RowRecord::getFeatures)
                        .map(columns.comparing())
                        .toList(),
                sampled.stream().mapToDouble(RowRecord::getWeight).toArray(),
                columns.comparing().apply(gaps));
    }

    /** Returns the distributions of the columns. A gap that the sample does not see counts as one row. */
    public TableProfile profile() {
        List<ColumnProfile> profiles = new ArrayList<>();
        double weight = Arrays.stream(weights).sum();
        for (int j = 0; j < columns.size(); j++) {
            ColumnProfile profile = ColumnProfile.of(columns.get(j), observed(j), weight);
            boolean isGapUnseen = profile.missing() == 0 && Double.isNaN(gaps[j]);
            profiles.add(isGapUnseen ? profile.with(1.0 / rows, profile.counts()) : profile);
        }
        return new TableProfile(rows, profiles);
    }

    /** Returns the finite values of a column. */
    public WeightedNumbers observed(int column) {
        int[] kept = IntStream.range(0, weights.length)
                .filter(i -> Double.isFinite(values.get(i)[column]))
                .toArray();
        return WeightedNumbers.of(
                IntStream.of(kept).mapToDouble(i -> values.get(i)[column]).toArray(),
                IntStream.of(kept).mapToDouble(i -> weights[i]).toArray());
    }
}
