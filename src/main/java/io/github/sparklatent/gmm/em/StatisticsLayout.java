package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Where the sufficient statistics of a mixture stand in one flat vector.
 *
 * <pre>
 *   0                 Σ_n w_n log p(x_n)
 *   1                 Σ_n w_n
 *   2                 rows of the table
 *   3 ..              N_k = Σ_n r_nk                                 k
 *   3 + k ..          s_k = Σ_n r_nk (x_n − c_k)                     k × d
 *   3 + k + k d ..    S_k = Σ_n r_nk (x_n − c_k) (x_n − c_k)ᵀ        full: k packed upper triangles; tied: one, of their sum;
 *                                                                    diagonal, spherical: k × d diagonals
 * </pre>
 *
 * @param type form of the covariances
 * @param components k
 * @param dimension d
 */
public record StatisticsLayout(CovarianceType type, int components, int dimension)
        implements Serializable {
    /** Java's longest arrays are a little shorter than its greatest integer. */
    private static final int GREATEST_ARRAY = Integer.MAX_VALUE - 8;

    public static final int LOG_LIKELIHOOD = 0;
    public static final int WEIGHT = 1;
    public static final int ROWS = 2;
    public static final int SIZES = 3;

    /**
     * @throws DataException where the statistics do not fit into one array
     */
    public void requireArrays() {
        double values =
                SIZES
                        + components * (1.0 + dimension)
                        + (double) scatterMatrices() * scatterLength();
        boolean square = type == CovarianceType.FULL || type == CovarianceType.TIED;
        double longest = Math.max(values, square ? (double) dimension * dimension : 0);
        if (longest > GREATEST_ARRAY) {
            throw new DataException(
                    "%s covariance of %d features and %d components takes %.0f numbers, expected at most %d; %s"
                            .formatted(
                                    type,
                                    dimension,
                                    components,
                                    longest,
                                    GREATEST_ARRAY,
                                    square
                                            ? "take diagonal or spherical covariance"
                                            : "take fewer components"));
        }
    }

    int length() {
        return Math.toIntExact(scatter() + (long) scatterMatrices() * scatterLength());
    }

    int sums() {
        return SIZES + components;
    }

    int scatter() {
        return sums() + components * dimension;
    }

    /** Where the index-th scatter begins. */
    int scatter(int index) {
        return Math.toIntExact(scatter() + index * scatterLength());
    }

    private int scatterMatrices() {
        return type == CovarianceType.TIED ? 1 : components;
    }

    private long scatterLength() {
        boolean triangle = type == CovarianceType.FULL || type == CovarianceType.TIED;
        return triangle ? dimension * (dimension + 1L) / 2 : dimension;
    }

    /** Packs the upper triangle of the index-th scatter matrix. */
    void packTriangle(DMatrixRMaj matrix, int index, double[] statistics) {
        int at = scatter(index);
        for (int i = 0; i < dimension; i++) {
            System.arraycopy(matrix.data, i * dimension + i, statistics, at, dimension - i);
            at += dimension - i;
        }
    }

    /** The index-th scatter matrix, symmetric; a new matrix. */
    DMatrixRMaj unpackTriangle(double[] statistics, int index) {
        DMatrixRMaj matrix = new DMatrixRMaj(dimension, dimension);
        int at = scatter(index);
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++, at++) {
                matrix.unsafe_set(i, j, statistics[at]);
                matrix.unsafe_set(j, i, statistics[at]);
            }
        }
        return matrix;
    }

    /** N, k numbers; a copy. */
    public double[] sizes(double[] statistics) {
        return Arrays.copyOfRange(statistics, SIZES, SIZES + components);
    }

    /**
     * The statistics of some of the components; the head and a tied scatter stay whole.
     *
     * @param statistics in this layout. Not modified.
     * @param kept indices of components, ascending
     * @return in the layout of that many components
     */
    double[] select(double[] statistics, List<Integer> kept) {
        StatisticsLayout selected = new StatisticsLayout(type, kept.size(), dimension);
        double[] result = new double[selected.length()];
        System.arraycopy(statistics, 0, result, 0, SIZES);
        int scatterLength = Math.toIntExact(scatterLength());
        for (int i = 0; i < kept.size(); i++) {
            int k = kept.get(i);
            result[SIZES + i] = statistics[SIZES + k];
            System.arraycopy(
                    statistics,
                    sums() + k * dimension,
                    result,
                    selected.sums() + i * dimension,
                    dimension);
            int from = type == CovarianceType.TIED ? 0 : k * scatterLength;
            int to = type == CovarianceType.TIED ? 0 : i * scatterLength;
            System.arraycopy(
                    statistics, scatter() + from, result, selected.scatter() + to, scatterLength);
        }
        return result;
    }
}
