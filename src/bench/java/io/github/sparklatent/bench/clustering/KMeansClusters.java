package io.github.sparklatent.bench.clustering;

import static org.apache.spark.ml.functions.array_to_vector;

import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.data.Images;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** Clusters by Spark's own k-means: k-means|| and Lloyd's rounds. */
final class KMeansClusters {
    private static final int ROUNDS = 100;

    private KMeansClusters() {}

    /** Returns the cluster of each row. */
    static int[] of(SparkSession spark, FMatrixRMaj rows, int clusters, long seed) {
        // Not cached, because k-means caches its own blocks only if its input is not cached.
        Dataset<Row> arrays = ImageTables.table(spark, new Images(rows, new int[rows.numRows]));
        // Vectors, because k-means reads arrays number by number, each time from the first one.
        Dataset<Row> table = arrays.withColumn("features", array_to_vector(arrays.col("features")));
        int[] found = new int[rows.numRows];
        new KMeans()
                .setK(clusters)
                .setSeed(seed)
                .setMaxIter(ROUNDS)
                .fit(table)
                .transform(table)
                .select("id", "prediction")
                .collectAsList()
                .forEach(row -> found[row.getInt(0)] = row.getInt(1));
        return found;
    }
}
