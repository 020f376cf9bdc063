package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * The space of the m largest principal components of rows. The features are (x − μ) A, where A has orthonormal columns.
 *
 * <p>The components are found by orthogonal iteration (Golub and Van Loan 2013, section 8.2.4) over the distributed
 * rows. A round takes a basis Q of k ≥ m columns to C Q, where C is the covariance. The eigenvectors of Qᵀ C Q give the
 * axes within the basis. Neither workers nor driver hold more than d × k numbers. The rounds end when the variance
 * along the components grows by at most a millionth. Up to {@value #NARROW} columns, k is d and the first round is
 * exact.
 */
public final class PrincipalComponents implements FeatureSpace {
    private static final long serialVersionUID = 1L;

    /**
     * Number of columns up to which one round with the whole covariance is cheaper than a few rounds with a smaller
     * basis.
     */
    static final int NARROW = 256;

    /** Columns of the basis beyond twice the components, for spectra that decrease slowly. */
    private static final int MORE = 16;

    private static final double GAIN = 1e-6;
    private static final int MOST_ROUNDS = 50;

    private final double[] mean;
    private final DMatrixRMaj axes;

    private PrincipalComponents(double[] mean, DMatrixRMaj axes) {
        this.mean = mean;
        this.axes = axes;
    }

    /**
     * Finds the largest components of rows.
     *
     * @param components m; reduced to the number of columns if that is smaller
     */
    public static PrincipalComponents of(Shards rows, int components) {
        Require.that(components >= 1, "components are %d, expected at least 1", components);
        int d = rows.width();
        int m = Math.min(components, d);
        double[] mean = RowMeans.of(rows, "principal components, the mean");
        DMatrixRMaj basis = start(d, basis(d, m));
        double before = 0;
        for (int round = 1; ; round++) {
            DMatrixRMaj image =
                    CovarianceImage.of(rows, mean, basis, "principal components, round %d".formatted(round));
            Ritz ritz = Ritz.of(basis, image, m);
            boolean found = ritz.variance - before <= GAIN * ritz.variance;
            if (basis.numCols == d || found || round == MOST_ROUNDS) {
                return new PrincipalComponents(mean, ritz.axes);
            }
            before = ritz.variance;
            basis = orthonormal(image);
        }
    }

    /**
     * Returns the number of basis columns that are used to find m components.
     *
     * @param width d
     * @param components m, at most d
     * @return k; each worker and the driver hold d × k numbers
     */
    public static int basis(int width, int components) {
        return width <= NARROW ? width : (int) Math.min(width, 2L * components + MORE);
    }

    private static DMatrixRMaj start(int d, int k) {
        if (k == d) {
            return CommonOps_DDRM.identity(d);
        }
        RandomGenerator random = RandomStreams.of(0, Purpose.SPECTRAL_START, d, k);
        DMatrixRMaj directions = new DMatrixRMaj(d, k);
        for (int i = 0; i < directions.getNumElements(); i++) {
            directions.data[i] = random.nextGaussian();
        }
        return orthonormal(directions);
    }

    /** Returns an orthonormal basis that contains the span of the columns. */
    private static DMatrixRMaj orthonormal(DMatrixRMaj columns) {
        var factors = new QRDecompositionHouseholderColumn_DDRM();
        Require.that(
                factors.decompose(columns.copy()),
                "%d directions of %d columns could not be made orthogonal",
                columns.numCols,
                columns.numRows);
        return factors.getQ(null, true);
    }

    /**
     * The best axes within a basis.
     *
     * @param axes d × m
     * @param variance total variance along the axes
     */
    private record Ritz(DMatrixRMaj axes, double variance) {
        /**
         * Finds the axes.
         *
         * @param basis d × k, Q
         * @param image d × k, C Q
         */
        static Ritz of(DMatrixRMaj basis, DMatrixRMaj image, int components) {
            int k = basis.numCols;
            DMatrixRMaj inner = new DMatrixRMaj(k, k);
            CommonOps_DDRM.multTransA(basis, image, inner);
            SymmetricEigen eigen = eigen(inner);
            List<Integer> largest = IntStream.range(0, k)
                    .boxed()
                    .sorted(Comparator.comparingDouble(j -> -eigen.value(j)))
                    .limit(components)
                    .toList();
            DMatrixRMaj turn = new DMatrixRMaj(k, components);
            double variance = 0;
            for (int j = 0; j < components; j++) {
                double[] vector = eigen.vector(largest.get(j));
                for (int i = 0; i < k; i++) {
                    turn.set(i, j, vector[i]);
                }
                variance += eigen.value(largest.get(j));
            }
            DMatrixRMaj axes = new DMatrixRMaj(basis.numRows, components);
            CommonOps_DDRM.mult(basis, turn, axes);
            return new Ritz(axes, variance);
        }

        private static SymmetricEigen eigen(DMatrixRMaj inner) {
            return SymmetricEigen.of(inner)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the eigenvalues of a covariance of %d directions did not converge"
                                    .formatted(inner.numRows)));
        }
    }

    @Override
    public int features() {
        return axes.numCols;
    }

    @Override
    public Worker worker(int maxRows) {
        Products products = new Products();
        DMatrixRMaj centred = new DMatrixRMaj(maxRows, axes.numRows);
        DMatrixRMaj scores = new DMatrixRMaj(maxRows, axes.numCols);
        FMatrixRMaj features = new FMatrixRMaj(maxRows, axes.numCols);
        return rows -> {
            centre(rows, mean, centred);
            scores.reshape(rows.numRows, axes.numCols);
            CommonOps_DDRM.fill(scores, 0);
            products.addProduct(centred, axes, scores);
            features.reshape(rows.numRows, axes.numCols);
            for (int i = 0; i < features.getNumElements(); i++) {
                features.data[i] = (float) scores.data[i];
            }
            return features;
        };
    }

    /**
     * Subtracts the mean from each row.
     *
     * @param rows n × d. Not modified.
     * @param mean d numbers. Not modified.
     * @param centred n × d on return, the differences
     */
    static void centre(FMatrixRMaj rows, double[] mean, DMatrixRMaj centred) {
        centred.reshape(rows.numRows, rows.numCols);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < mean.length; j++) {
                centred.data[i * mean.length + j] = rows.data[i * mean.length + j] - mean[j];
            }
        }
    }

    /**
     * Computes the weighted means of the columns of rows.
     *
     * @param width d
     */
    private record RowMeans(int width) implements PartitionWork {
        private static final int BATCH = 128;

        static double[] of(Shards rows, String description) {
            double[] sums = rows.run(description, new RowMeans(rows.width())).sums();
            double[] means = new double[rows.width()];
            for (int j = 0; j < means.length; j++) {
                means[j] = sums[j] / sums[means.length];
            }
            return means;
        }

        @Override
        public int sums() {
            return width + 1;
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            double[] sums = new double[sums()];
            sums[width] = rows.weight();
            rows.forEachBatch(BATCH, (batch, weights) -> add(batch, weights, sums));
            return new PartitionResult(rows.weight(), new float[0], sums);
        }

        private void add(FMatrixRMaj batch, float[] weights, double[] sums) {
            for (int i = 0; i < batch.numRows; i++) {
                for (int j = 0; j < width; j++) {
                    sums[j] += (double) weights[i] * batch.data[i * width + j];
                }
            }
        }
    }

    /**
     * Computes Σ_i w_i (x_i − μ) (x_i − μ)ᵀ Q: the covariance times Q up to a factor, without forming the covariance.
     *
     * @param mean μ, d numbers
     * @param basis Q, d × k
     */
    private record CovarianceImage(double[] mean, DMatrixRMaj basis) implements PartitionWork {
        private static final int BATCH = 128;

        /** Runs one job over the rows and returns the image, d × k. */
        static DMatrixRMaj of(Shards rows, double[] mean, DMatrixRMaj basis, String description) {
            double[] sums =
                    rows.run(description, new CovarianceImage(mean, basis)).sums();
            return DMatrixRMaj.wrap(basis.numRows, basis.numCols, sums);
        }

        @Override
        public int sums() {
            return basis.getNumElements();
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            Products products = new Products();
            DMatrixRMaj image = new DMatrixRMaj(basis.numRows, basis.numCols);
            DMatrixRMaj centred = new DMatrixRMaj(0, 0);
            DMatrixRMaj within = new DMatrixRMaj(0, 0);
            rows.forEachBatch(BATCH, (batch, weights) -> {
                PrincipalComponents.centre(batch, mean, centred);
                within.reshape(batch.numRows, basis.numCols);
                CommonOps_DDRM.fill(within, 0);
                products.addProduct(centred, basis, within);
                for (int i = 0; i < within.getNumElements(); i++) {
                    within.data[i] *= weights[i / within.numCols];
                }
                products.addTransposed(centred, within, image);
            });
            return new PartitionResult(rows.weight(), new float[0], image.data);
        }
    }
}
