package io.github.sparklatent.bench;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.gmm.CovarianceType;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.GaussianMixtureSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Spark's own mixture, which knows full covariances only and draws its start itself.
 *
 * <p>It is at its best when it persists its input itself, as vectors on the heap, which it does for
 * a table that is not persisted; so it gets a projection of a persisted one, which it reads in
 * tenths of a second.
 */
final class Mllib implements Contestant {
    static final String SYSTEM = "mllib";

    private static final int PARTITIONS_OF_A_CORE = 2;

    private final MixtureCase problem;
    private final Dataset<Row> persisted;
    private final Dataset<Row> input;

    Mllib(SparkSession spark, MixtureCase problem, MixtureData data) {
        this.problem = problem;
        int partitions = PARTITIONS_OF_A_CORE * spark.sparkContext().defaultParallelism();
        this.persisted = data.table(spark).repartition(partitions).persist();
        persisted.count();
        this.input = persisted.select(array_to_vector(col("features")).as("features"));
        if (input.storageLevel() != StorageLevel.NONE()) {
            throw new IllegalStateException(
                    "the input counts as persisted, expected that MLlib persists it");
        }
    }

    static boolean canFit(MixtureCase problem) {
        return problem.covariance() == CovarianceType.FULL;
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public double tolerance() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public Fit fit(int passes) {
        GaussianMixture mixture =
                new GaussianMixture()
                        .setK(problem.components())
                        .setMaxIter(passes)
                        .setTol(0)
                        .setSeed(1);
        long began = System.nanoTime();
        GaussianMixtureModel model = mixture.fit(input);
        double seconds = (System.nanoTime() - began) / 1e9;
        GaussianMixtureSummary summary = model.summary();
        return new Fit(
                seconds, summary.numIter(), summary.logLikelihood() / (double) problem.rows());
    }

    @Override
    public void close() {
        persisted.unpersist(true);
    }
}
