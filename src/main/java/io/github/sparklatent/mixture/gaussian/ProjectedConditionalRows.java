package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Incomplete rows under full or tied components of any condition. With Σ⁻¹ = P = U Uᵀ, with z = x − μ in which missing
 * values are 0, with y = z U, and with the rows U_m of U at the missing columns,
 *
 * <pre>
 *   U_mᵀ = Q R,     c = y Q,     a = −R⁻¹ c           the conditional mean of z_m
 *   |y − c Qᵀ|² = min_a |y + a U_m|²                  the squared distance of the observed part
 *   log det Σ_oo = log det Σ + 2 Σ_i log r_ii,        P_mm⁻¹ = R⁻¹ R⁻ᵀ the conditional covariance
 * </pre>
 *
 * <p>The textbook forms subtract g_mᵀ P_mm⁻¹ g_m from zᵀ g with g = P z. This loses as many digits as the condition
 * number of Σ has. The projection loses half of them: it is the solution of a least-squares problem by modified
 * Gram-Schmidt, in which y is the last column (Björck, Solving linear least squares problems by Gram-Schmidt
 * orthogonalization, 1967).
 *
 * <p>U is upper triangular, so its last rows are the shortest. They are orthogonalised first, and each inner product is
 * as short as the shorter of its two vectors.
 */
final class ProjectedConditionalRows implements ConditionalRows {
    /** Numbers in the factors of all patterns of a block that are kept, 32 MiB. */
    private static final int MAX_KEPT = 1 << 22;

    /** Range of the product of diagonal elements of R, whose logarithm is taken in one. */
    private static final double MIN_PRODUCT = 1e-100;

    private static final double MAX_PRODUCT = 1e100;

    private final DMatrixRMaj means;
    private final List<DMatrixRMaj> whitenings;
    private final double[] constants;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj whitened = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj projectedMeans = new DMatrixRMaj(0, 0);

    /** m of tied components; null until it is needed. */
    private DMatrixRMaj whitenedMeans;

    private double[] logDensities = new double[0];
    private double[] peaks = new double[0];

    /** Factors, pattern after pattern if they are kept: Q column after column, d numbers each, then R row after row. */
    private double[] factors = new double[0];

    private double[] logDeterminants = new double[0];

    /** R⁻¹ and a row of the inverse, or c of a row. */
    private double[] inverse = new double[0];

    private double[] coefficients = new double[0];

    /** The patterns and the U of the factors that are kept; null if none are. */
    private MissingCells keptPatterns;

    private DMatrixRMaj keptWhitening;

    /**
     * Creates the buffers.
     *
     * @param whitenings U of each component, d × d; one and the same matrix if they are tied. Not modified.
     * @param constants log density of each component at its mean, with the logarithm of its weight
     */
    ProjectedConditionalRows(DMatrixRMaj means, List<DMatrixRMaj> whitenings, double[] constants) {
        this.means = means;
        this.whitenings = whitenings;
        this.constants = constants;
        this.coefficients = new double[means.numCols];
    }

    @Override
    public void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum) {
        MissingCells missing = block.missing();
        DMatrixRMaj whitening = whitenings.get(component);
        prepare(missing, whitening);
        Rows.subtractObserved(block.rows(), missing.incompleteRows(), means, component, centred);
        products.multiplyUpper(centred, whitening, whitened);
        boolean kept = missing == keptPatterns && whitening == keptWhitening;
        boolean keeps = size(missing) <= MAX_KEPT && isTied();
        int from = 0;
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            int[] columns = missing.columns(pattern);
            if (!kept) {
                logDeterminants[pattern] = factorize(columns, whitening, from);
            }
            double constant =
                    constants[component] + 0.5 * columns.length * MixtureFactors.LOG_TWO_PI - logDeterminants[pattern];
            double weight = 0;
            for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
                peaks[i] = constant;
                logDensities[i] = constant - 0.5 * project(i, columns, from);
                weight += weights == null ? 0 : weights.get(component, missing.incompleteRows()[i]);
            }
            if (weight > 0) {
                addCovariance(columns, from, weight, sum);
            }
            from += keeps ? size(columns.length) : 0;
        }
        keptPatterns = keeps ? missing : null;
        keptWhitening = keeps ? whitening : null;
    }

    /**
     * Writes the log joint densities of incomplete rows and all components, which are tied. With z = (x − origin) U,
     * where missing values are those of the origin, with m_k = (μ_k − origin) U and with the projection T = I − Q Qᵀ:
     *
     * <pre>
     *   |T (z − m_k)|²  =  |T z|² − 2 m_kᵀ T z + |T m_k|²      the squared distance of the observed part
     * </pre>
     *
     * <p>The means are projected once for all rows of a pattern. Rows must not be far from the origin, see
     * {@link Centres}.
     *
     * @param origin 1 × d. Not modified.
     * @param out k × n. The columns of the incomplete rows are modified.
     * @param peaks receives greatest densities, k × n; null: not needed
     */
    void densities(Block block, DMatrixRMaj origin, DMatrixRMaj out, DMatrixRMaj peaks) {
        MissingCells missing = block.missing();
        DMatrixRMaj whitening = whitenings.get(0);
        int d = whitening.numCols;
        int n = out.numCols;
        prepare(missing, whitening);
        keptPatterns = null;
        if (whitenedMeans == null) {
            whitenedMeans = new DMatrixRMaj(0, 0);
            Rows.subtract(means, origin, 0, centred);
            products.multiplyUpper(centred, whitening, whitenedMeans);
        }
        Rows.subtractObserved(block.rows(), missing.incompleteRows(), origin, 0, centred);
        products.multiplyUpper(centred, whitening, whitened);
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            int[] columns = missing.columns(pattern);
            double known = 0.5 * columns.length * MixtureFactors.LOG_TWO_PI - factorize(columns, whitening, 0);
            for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
                reject(whitened.data, i * d, columns, 0);
            }
            projectedMeans.setTo(whitenedMeans);
            for (int k = 0; k < constants.length; k++) {
                reject(projectedMeans.data, k * d, columns, 0);
                double peak = constants[k] + known;
                double norm = Rows.squaredNorm(projectedMeans, k);
                for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
                    int at = k * n + missing.incompleteRows()[i];
                    double product = dot(projectedMeans.data, k * d, whitened.data, i * d, d);
                    out.data[at] = peak - 0.5 * (Rows.squaredNorm(whitened, i) - 2 * product + norm);
                    if (peaks != null) {
                        peaks.data[at] = peak;
                    }
                }
            }
        }
    }

    /** Takes the projection on Q from a row, and keeps its coefficients. */
    private void reject(double[] rows, int at, int[] columns, int from) {
        int d = means.numCols;
        for (int t = 0; t < columns.length; t++) {
            int q = from + t * d + columns[t];
            double inner = dot(factors, q, rows, at + columns[t], d - columns[t]);
            subtract(inner, factors, q, rows, at + columns[t], d - columns[t]);
            coefficients[t] = inner;
        }
    }

    private boolean isTied() {
        return whitenings.size() > 1 && whitenings.get(0) == whitenings.get(1);
    }

    private int size(int columns) {
        return columns * (means.numCols + columns);
    }

    private long size(MissingCells missing) {
        long size = 0;
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            size += size(missing.columns(pattern).length);
        }
        return size;
    }

    private void prepare(MissingCells missing, DMatrixRMaj whitening) {
        int d = whitening.numCols;
        int most = 0;
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            most = Math.max(most, missing.columns(pattern).length);
        }
        long needed = Math.max(size(most), isTied() ? Math.min(size(missing), MAX_KEPT) : 0);
        if (factors.length < needed) {
            factors = new double[Math.toIntExact(needed)];
        }
        if (inverse.length < most * most) {
            inverse = new double[most * most];
        }
        if (logDensities.length < missing.incompleteRows().length) {
            logDensities = new double[missing.incompleteRows().length];
            peaks = new double[missing.incompleteRows().length];
            logDeterminants = new double[missing.incompleteRows().length];
        }
        if (coefficients.length < d) {
            coefficients = new double[d];
        }
    }

    /**
     * Computes Q and R of a pattern. Missing columns are descending.
     *
     * @param from place of Q in the factors
     * @return Σ_i log r_ii
     */
    private double factorize(int[] columns, DMatrixRMaj whitening, int from) {
        int d = whitening.numCols;
        int p = columns.length;
        int r = from + p * d;
        double logarithm = 0;
        double product = 1;
        for (int t = 0; t < p; t++) {
            int j = columns[t];
            int at = from + t * d;
            System.arraycopy(whitening.data, j * d + j, factors, at + j, d - j);
            for (int s = 0; s < t; s++) {
                int first = columns[s];
                double inner = dot(factors, from + s * d + first, factors, at + first, d - first);
                subtract(inner, factors, from + s * d + first, factors, at + first, d - first);
                factors[r + s * p + t] = inner;
            }
            double length = Math.sqrt(dot(factors, at + j, factors, at + j, d - j));
            for (int i = at + j; i < at + d; i++) {
                factors[i] /= length;
            }
            factors[r + t * p + t] = length;
            product *= length;
            if (!(product > MIN_PRODUCT && product < MAX_PRODUCT)) {
                logarithm += StrictMath.log(product);
                product = 1;
            }
        }
        return logarithm + StrictMath.log(product);
    }

    /**
     * Projects a whitened row, and writes the conditional means into the centred row.
     *
     * @return squared distance of the observed part
     */
    private double project(int row, int[] columns, int from) {
        int d = whitened.numCols;
        int p = columns.length;
        reject(whitened.data, row * d, columns, from);
        int r = from + p * d;
        for (int t = p - 1; t >= 0; t--) {
            double mean = -coefficients[t];
            for (int s = t + 1; s < p; s++) {
                mean -= factors[r + t * p + s] * coefficients[s];
            }
            coefficients[t] = mean / factors[r + t * p + t];
            centred.data[row * d + columns[t]] = coefficients[t];
        }
        return Rows.squaredNorm(whitened, row);
    }

    /** Adds weight R⁻¹ R⁻ᵀ to the upper triangle of a sum. */
    private void addCovariance(int[] columns, int from, double weight, DMatrixRMaj sum) {
        int d = sum.numCols;
        int p = columns.length;
        invert(from + p * d, p);
        for (int t = 0; t < p; t++) {
            int column = columns[t];
            for (int s = t; s < p; s++) {
                double inner = dot(inverse, t * p + s, inverse, s * p + s, p - s);
                sum.data[columns[s] * d + column] += weight * inner;
            }
        }
    }

    /** Computes R⁻¹, row after row from the last one. */
    private void invert(int r, int p) {
        for (int t = p - 1; t >= 0; t--) {
            Arrays.fill(inverse, t * p + t + 1, (t + 1) * p, 0);
            for (int s = t + 1; s < p; s++) {
                subtract(factors[r + t * p + s], inverse, s * p + s, inverse, t * p + s, p - s);
            }
            double pivot = factors[r + t * p + t];
            for (int s = t + 1; s < p; s++) {
                inverse[t * p + s] /= pivot;
            }
            inverse[t * p + t] = 1 / pivot;
        }
    }

    /** Returns an inner product, in four independent partial sums. */
    private static double dot(double[] a, int i, double[] b, int j, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 4 <= length; k += 4) {
            s0 = Math.fma(a[i + k], b[j + k], s0);
            s1 = Math.fma(a[i + k + 1], b[j + k + 1], s1);
            s2 = Math.fma(a[i + k + 2], b[j + k + 2], s2);
            s3 = Math.fma(a[i + k + 3], b[j + k + 3], s3);
        }
        for (; k < length; k++) {
            s0 = Math.fma(a[i + k], b[j + k], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Subtracts a multiple of a from b. */
    private static void subtract(double factor, double[] a, int i, double[] b, int j, int length) {
        for (int k = 0; k < length; k++) {
            b[j + k] -= factor * a[i + k];
        }
    }

    @Override
    public double logDensity(int place) {
        return logDensities[place];
    }

    @Override
    public double peak(int place) {
        return peaks[place];
    }

    @Override
    public DMatrixRMaj centred() {
        return centred;
    }
}
