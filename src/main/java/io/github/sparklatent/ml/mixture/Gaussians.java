package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.mllib.linalg.Matrices;
import org.apache.spark.mllib.linalg.MatrixUDT;
import org.apache.spark.mllib.linalg.VectorUDT;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;

/** Converts the components of a mixture to MLlib's types and back. */
public final class Gaussians {
    private static final StructType SCHEMA =
            new StructType().add("mean", new VectorUDT()).add("cov", new MatrixUDT());

    private Gaussians() {}

    /** Greatest number of columns whose dense matrix fits into an array. */
    private static final int MAX_DENSE = 46_340;

    /** Returns the components; diagonal covariances are sparse matrices, factored ones are dense. */
    static MultivariateGaussian[] of(MixtureParameters mixture) {
        return IntStream.range(0, mixture.components())
                .mapToObj(k ->
                        new MultivariateGaussian(Vectors.dense(Rows.row(mixture.means(), k)), covariance(mixture, k)))
                .toArray(MultivariateGaussian[]::new);
    }

    /** Returns one row per component, with the column types of MLlib's {@code gaussiansDF}. */
    static Dataset<Row> table(SparkSession spark, MixtureParameters mixture) {
        List<Row> rows = new ArrayList<>();
        for (MultivariateGaussian gaussian : of(mixture)) {
            rows.add(RowFactory.create(
                    org.apache.spark.mllib.linalg.Vectors.fromML(gaussian.mean()), Matrices.fromML(gaussian.cov())));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    /** Returns the mixture of an MLlib model. */
    static MixtureParameters mixture(GaussianMixtureModel model) {
        MultivariateGaussian[] gaussians = model.gaussians();
        int d = model.numFeatures();
        DMatrixRMaj means = new DMatrixRMaj(gaussians.length, d);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (int k = 0; k < gaussians.length; k++) {
            System.arraycopy(gaussians[k].mean().toArray(), 0, means.data, k * d, d);
            covariances.add(DMatrixRMaj.wrap(d, d, gaussians[k].cov().toArray()));
        }
        return MixtureParameters.of(CovarianceType.FULL, model.weights(), means, covariances);
    }

    private static Matrix covariance(MixtureParameters mixture, int component) {
        int d = mixture.dimension();
        if (mixture.type().isFactored() && d > MAX_DENSE) {
            throw new UnsupportedOperationException(
                    "a covariance of %d columns does not fit into a dense matrix, expected at most %d columns: use mixture(), which has the loadings"
                            .formatted(d, MAX_DENSE));
        }
        if (mixture.type().isSquare() || mixture.type().isFactored()) {
            return new DenseMatrix(d, d, mixture.covariance(component).data);
        }
        double[] variances = new double[d];
        Arrays.setAll(variances, j -> mixture.variance(component, j));
        return SparseMatrix.spdiag(Vectors.dense(variances));
    }
}
