package io.github.sparklatent.bench.networks;

import static org.apache.spark.ml.functions.array_to_vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** Clusters by Spark's own k-means: k-means|| and Lloyd's rounds. */
final class KMeansClusters {
    private static final int ROUNDS = 100;
    private static final int CHUNK = 10_000;

    private KMeansClusters() {}

    /** The cluster of each row. */
    static int[] of(SparkSession spark, FMatrixRMaj rows, int clusters, long seed) {
        // Not cached: of a cached table k-means would not keep its own blocks, but make them anew.
        Dataset<Row> table = table(spark, rows);
        int[] found = new int[rows.numRows];
        for (Row row :
                new KMeans()
                        .setK(clusters)
                        .setSeed(seed)
                        .setMaxIter(ROUNDS)
                        .fit(table)
                        .transform(table)
                        .select("id", "prediction")
                        .collectAsList()) {
            found[row.getInt(0)] = row.getInt(1);
        }
        return found;
    }

    private static Dataset<Row> table(SparkSession spark, FMatrixRMaj rows) {
        Dataset<Row> all = null;
        for (int from = 0; from < rows.numRows; from += CHUNK) {
            List<ImageRow> beans = new ArrayList<>();
            for (int i = from; i < Math.min(rows.numRows, from + CHUNK); i++) {
                ImageRow row = new ImageRow();
                row.setId(i);
                row.setFeatures(
                        Arrays.copyOfRange(rows.data, i * rows.numCols, (i + 1) * rows.numCols));
                beans.add(row);
            }
            Dataset<Row> some =
                    spark.createDataset(beans, Encoders.bean(ImageRow.class)).toDF().coalesce(1);
            all = all == null ? some : all.unionByName(some);
        }
        // k-means itself would read arrays number by number, each time from the first one on.
        return all.withColumn("features", array_to_vector(all.col("features")));
    }
}
