package io.github.sparklatent.ml;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.network.NetworkEstimator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;

/** Small tables drawn from a known mixture. */
public final class Tables {
    public static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("features", SQLDataTypes.VectorType())
            .add("weight", DataTypes.DoubleType);

    private Tables() {}

    /** Three components in two dimensions, well apart. */
    public static MixtureParameters known() {
        return known(CovarianceType.FULL);
    }

    /** The same with covariances of another form. */
    public static MixtureParameters known(CovarianceType type) {
        DMatrixRMaj first = new DMatrixRMaj(new double[][] {{1, 0.5}, {0.5, 1}});
        DMatrixRMaj second = new DMatrixRMaj(new double[][] {{2, 0}, {0, 0.5}});
        DMatrixRMaj third = new DMatrixRMaj(new double[][] {{1, -0.3}, {-0.3, 1}});
        return MixtureParameters.of(
                type,
                new double[] {0.5, 0.3, 0.2},
                new DMatrixRMaj(new double[][] {{0, 0}, {8, 0}, {0, 8}}),
                switch (type) {
                    case FULL -> List.of(first, second, third);
                    case TIED -> List.of(first);
                    case DIAGONAL -> List.of(new DMatrixRMaj(new double[][] {{1, 1}, {2, 0.5}, {1, 1}}));
                    case SPHERICAL -> List.of(new DMatrixRMaj(new double[][] {{1}, {1.25}, {1}}));
                    case FACTOR, PPCA ->
                        List.of(
                                new DMatrixRMaj(new double[][] {{0.6, 0.5}, {0.7, 0.5}}),
                                new DMatrixRMaj(new double[][] {{1, 0.7}, {0, 0.7}}),
                                new DMatrixRMaj(new double[][] {{0.5, 0.8}, {-0.5, 0.8}}));
                });
    }

    /** Rows of the known mixture as n × 2. */
    public static DMatrixRMaj matrix(int rows) {
        MixedSampler sampler = new MixedSampler(MixedMixture.of(known()), 7);
        return new DMatrixRMaj(IntStream.range(0, rows)
                .mapToObj(i -> sampler.row(i, sampler.component(i)))
                .toArray(double[][]::new));
    }

    /** The same rows as a table: columns id, features and weight (1). */
    public static Dataset<Row> rows(int rows) {
        return of(matrix(rows));
    }

    /** A table of these rows with the same columns: n × 2. */
    public static Dataset<Row> of(DMatrixRMaj matrix) {
        Object[][] table = IntStream.range(0, matrix.numRows)
                .mapToObj(i ->
                        new Object[] {(long) i, Vectors.dense(Arrays.copyOfRange(matrix.data, 2 * i, 2 * i + 2)), 1.0})
                .toArray(Object[][]::new);
        return LocalSpark.table(LocalSpark.session(), SCHEMA, table);
    }

    /** Settings that keep the training of a network short. */
    public static <E extends NetworkEstimator<E, ?>> E small(E estimator) {
        return estimator
                .put("latent", 2)
                .put("roundsPerEpoch", 1.0)
                .put("batchSize", 10)
                .put("numPartitions", 2)
                .put("learningRate", 1e-2)
                .put("holdoutFraction", 0.2);
    }
}
