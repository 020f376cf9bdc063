package io.github.sparklatent.bench.race;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.GaussianMixtureSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Spark's own Gaussian mixture. It has full covariances only and draws its own start.
 *
 * <p>It is fastest when it persists its input itself, as vectors on the heap. It does so if the input is not persisted,
 * so its input is a projection of a persisted table.
 */
final class Mllib implements Contestant {
    private static final int PARTITIONS_PER_CORE = 2;

    private final MixtureCase problem;
    private final Dataset<Row> persisted;
    private final Dataset<Row> input;

    Mllib(MixtureCase problem, Dataset<Row> table) {
        this.problem = problem;
        int cores = table.sparkSession().sparkContext().defaultParallelism();
        this.persisted = table.repartition(PARTITIONS_PER_CORE * cores).persist();
        persisted.count();
        this.input = persisted.select(array_to_vector(col("features")).as("features"));
        if (input.storageLevel() != StorageLevel.NONE()) {
            throw new IllegalStateException("the input counts as persisted, expected that MLlib persists it");
        }
    }

    @Override
    public Fit fit(int rounds) {
        GaussianMixture mixture = new GaussianMixture()
                .setK(problem.components())
                .setMaxIter(rounds)
                .setTol(0)
                .setSeed(1);
        long began = System.nanoTime();
        GaussianMixtureModel model = mixture.fit(input);
        double seconds = (System.nanoTime() - began) / 1e9;
        GaussianMixtureSummary summary = model.summary();
        return new Fit(seconds, summary.numIter(), summary.logLikelihood() / problem.rows());
    }

    @Override
    public void close() {
        persisted.unpersist(true);
    }
}
