package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.learn.DataException;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Counts the anomaly scores of known rows on the workers. */
public final class KnownScores {
    private KnownScores() {}

    /**
     * Returns the distribution of scores. It has the same bits however the rows are distributed,
     * because rows are counted in buckets.
     *
     * @param scores one column of anomaly scores. Rows without a score are not counted.
     * @throws DataException if no row has a score
     */
    public static ScoreDistribution of(Dataset<Row> scores) {
        String name = scores.columns()[0];
        List<Row> buckets =
                scores.select(
                                udf(ScoreBuckets.function(), DataTypes.LongType)
                                        .apply(col(name).cast(DataTypes.DoubleType))
                                        .as("bucket"))
                        .where(col("bucket").isNotNull())
                        .groupBy("bucket")
                        .agg(count(lit(1)))
                        .collectAsList();
        if (buckets.isEmpty()) {
            throw new DataException("no row has an anomaly score, expected at least one");
        }
        TreeMap<Long, Double> weights = new TreeMap<>();
        long rows = 0;
        for (Row bucket : buckets) {
            weights.put(bucket.getLong(0), (double) bucket.getLong(1));
            rows += bucket.getLong(1);
        }
        return ScoreDistribution.of(weights, rows);
    }
}
