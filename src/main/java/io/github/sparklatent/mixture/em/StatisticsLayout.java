package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.linear.LinearSums;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The places of the sufficient statistics of a mixture in one flat vector.
 *
 * <pre>
 *   0                 Σ_n w_n log p(x_n)
 *   1                 Σ_n w_n
 *   2                 number of rows of the table
 *   3 ..              N_k = Σ_n r_nk                                 k
 *   3 + k ..          s_k = Σ_n r_nk (x_n − c_k)                     k × d
 *   3 + k + k d ..    S_k = Σ_n r_nk (x_n − c_k) (x_n − c_k)ᵀ        full: k packed upper triangles; tied: one, of their sum;
 *                                                                    diagonal, spherical: k × d diagonals
 * </pre>
 *
 * Factored covariances have no s. Instead of S they have the sums of {@link LinearSums} of each component.
 *
 * @param type form of the covariances
 * @param components k
 * @param dimension d
 * @param factors l, the number of columns of the loadings; 0 unless covariances are factored
 */
public record StatisticsLayout(CovarianceType type, int components, int dimension, int factors)
        implements Serializable {
    /** The greatest length of an array that every JVM can allocate. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /** Index of Σ_n w_n log p(x_n). */
    public static final int LOG_LIKELIHOOD = ExpectationMaximization.LOG_LIKELIHOOD;

    /** Index of Σ_n w_n. */
    public static final int WEIGHT = ExpectationMaximization.WEIGHT;

    /** Index of the number of rows. */
    public static final int ROWS = 2;

    /** Index of the first component size N_k. */
    public static final int SIZES = 3;

    public StatisticsLayout(CovarianceType type, int components, int dimension) {
        this(type, components, dimension, 0);
    }

    public static StatisticsLayout of(MixtureParameters mixture) {
        return new StatisticsLayout(mixture.type(), mixture.components(), mixture.dimension(), mixture.factors());
    }

    /** Returns the same layout for other components. */
    StatisticsLayout with(int count) {
        return new StatisticsLayout(type, count, dimension, factors);
    }

    public boolean fitsArrays() {
        return longest(1) <= MAX_ARRAY;
    }

    private double longest(int mixtures) {
        return Math.max(mixtures * numbers(), type.isSquare() ? (double) dimension * dimension : 0);
    }

    /** Requires that the statistics of some mixtures fit into one array. */
    public void requireArrays(int mixtures) {
        if (longest(mixtures) > MAX_ARRAY) {
            throw new DataException(
                    "%s covariance of %d features and %d components takes %.0f numbers, expected at most %d; %s"
                            .formatted(
                                    type,
                                    dimension,
                                    components,
                                    longest(mixtures),
                                    MAX_ARRAY,
                                    type.isSquare()
                                            ? "use factor, ppca, diagonal or spherical covariance"
                                            : type.isFactored()
                                                    ? "use fewer factors or components"
                                                    : "use fewer components"));
        }
    }

    /** Returns the length of the vector, which may be greater than that of any array. */
    public double numbers() {
        return SIZES
                + components * (type.isFactored() ? 1.0 : 1.0 + dimension)
                + (double) scatterMatrices() * scatterLength();
    }

    public int length() {
        return Math.toIntExact(scatter() + (long) scatterMatrices() * scatterLength());
    }

    /** Returns the index of the first entry of s. */
    public int sums() {
        return SIZES + components;
    }

    int scatter() {
        return type.isFactored() ? sums() : sums() + components * dimension;
    }

    /** Returns the index of the first entry of the scatter matrix of a component. */
    int scatter(int component) {
        return Math.toIntExact(scatter() + Math.min(component, scatterMatrices() - 1) * scatterLength());
    }

    /** Returns the number of scatter matrices, and of covariances. */
    public int scatterMatrices() {
        return type == CovarianceType.TIED ? 1 : components;
    }

    private long scatterLength() {
        if (type.isFactored()) {
            return LinearSums.length(dimension, factors);
        }
        return type.isSquare() ? dimension * (dimension + 1L) / 2 : dimension;
    }

    void packTriangle(DMatrixRMaj matrix, int index, double[] statistics) {
        int at = scatter(index);
        for (int i = 0; i < dimension; i++) {
            System.arraycopy(matrix.data, i * dimension + i, statistics, at, dimension - i);
            at += dimension - i;
        }
    }

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

    /** Returns the sizes N, k numbers; a copy. */
    public double[] sizes(double[] statistics) {
        return Arrays.copyOfRange(statistics, SIZES, SIZES + components);
    }

    /**
     * Returns the statistics that rows distributed as a mixture would have, centred at its means. The log-likelihood
     * and the number of rows are 0.
     *
     * @param weight total weight of the rows
     */
    public double[] expected(MixtureParameters mixture, double weight) {
        requireCentred();
        double[] statistics = new double[length()];
        statistics[WEIGHT] = weight;
        for (int k = 0; k < components; k++) {
            statistics[SIZES + k] = weight * mixture.weight(k);
        }
        for (int i = 0; i < scatterMatrices(); i++) {
            if (type.isSquare()) {
                packTriangle(mixture.covariances().get(i), i, statistics);
            } else {
                for (int j = 0; j < dimension; j++) {
                    statistics[scatter(i) + j] = mixture.variance(i, j);
                }
            }
            double size = type == CovarianceType.TIED ? weight : statistics[SIZES + i];
            for (int j = scatter(i); j < scatter(i) + scatterLength(); j++) {
                statistics[j] *= size;
            }
        }
        return statistics;
    }

    /**
     * Moves the centres: s_k loses N_k δ_k, and S_k loses s_k δ_kᵀ + δ_k s_kᵀ − N_k δ_k δ_kᵀ.
     *
     * @param statistics sufficient statistics in this layout. Modified.
     * @param deltas δ, new minus old centres, k × d. Not modified.
     */
    public void moveCentres(double[] statistics, DMatrixRMaj deltas) {
        requireCentred();
        for (int k = 0; k < components; k++) {
            double size = statistics[SIZES + k];
            int delta = k * dimension;
            int sum = sums() + delta;
            int at = scatter(k);
            for (int i = 0; i < dimension; i++) {
                double di = deltas.data[delta + i];
                for (int j = i; j < (type.isSquare() ? dimension : i + 1); j++, at++) {
                    double dj = deltas.data[delta + j];
                    statistics[at] -= statistics[sum + i] * dj + di * statistics[sum + j] - size * di * dj;
                }
            }
            for (int i = 0; i < dimension; i++) {
                statistics[sum + i] -= size * deltas.data[delta + i];
            }
        }
    }

    private void requireCentred() {
        if (type.isFactored()) {
            throw new IllegalArgumentException("the sums of factored covariances are not about centres");
        }
    }

    /**
     * Returns the statistics of some of the components. The first three entries and a tied scatter stay the same.
     *
     * @param statistics sufficient statistics in this layout. Not modified.
     * @param kept indices of components, ascending
     * @return in the layout of that many components
     */
    double[] select(double[] statistics, List<Integer> kept) {
        StatisticsLayout selected = with(kept.size());
        double[] result = new double[selected.length()];
        System.arraycopy(statistics, 0, result, 0, SIZES);
        int scatterLength = Math.toIntExact(scatterLength());
        for (int i = 0; i < kept.size(); i++) {
            int k = kept.get(i);
            result[SIZES + i] = statistics[SIZES + k];
            if (!type.isFactored()) {
                System.arraycopy(
                        statistics, sums() + k * dimension, result, selected.sums() + i * dimension, dimension);
            }
            System.arraycopy(statistics, scatter(k), result, selected.scatter(i), scatterLength);
        }
        return result;
    }
}
