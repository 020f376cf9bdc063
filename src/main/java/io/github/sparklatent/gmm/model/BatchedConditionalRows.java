package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Incomplete rows under full or tied components whose covariances are well conditioned. With P =
 * Σ⁻¹, with z = x − μ in which missing values are 0, with g = P z, and with the missing columns m,
 *
 * <pre>
 *   P_mm = L Lᵀ,     v = L⁻¹ g_m,     a = −L⁻ᵀ v      the conditional mean of z_m
 *   zᵀ g − |v|²                                       the squared distance of the observed part
 *   log det Σ_oo = log det Σ + 2 Σ_i log l_ii
 *   P_mm⁻¹ = L⁻ᵀ L⁻¹                                  the conditional covariance
 * </pre>
 *
 * <p>Source: Ghahramani and Jordan 1994, with the inverse of the partitioned matrix P (Bishop 2006,
 * eq. 2.73 and 2.75), so that matrices of the missing columns are factorised, not of the observed
 * ones. zᵀ g is a sum of terms that are λ times as large as the result, see {@link Centres}.
 *
 * <p>Up to {@value #GREATEST_HEIGHT} rows are factorised side by side: each element of a triangle
 * is an array with the numbers of the rows. The compiler makes vector code of loops over such
 * arrays, but not of loops over several places of one array, which might overlap. Rows with fewer
 * missing columns than others of their batch are filled up with rows of the identity, which change
 * no bit.
 */
final class BatchedConditionalRows implements ConditionalRows {
    /** The most rows of a batch. Loops over fewer are not compiled to good vector code. */
    private static final int GREATEST_HEIGHT = 64;

    /** The fewest rows of a batch. */
    private static final int LEAST_HEIGHT = 8;

    /** Numbers in the triangles of all columns of a batch, 4 MiB. */
    private static final int TARGET_LENGTH = 1 << 19;

    /**
     * Diagonal elements that are multiplied before a logarithm is taken. The square of the least
     * precision of usable numbers does not underflow.
     */
    private static final int FACTORS = 2;

    /** Numbers in the factors of all batches of a block that are kept, 16 MiB. */
    private static final int GREATEST_KEPT = 1 << 21;

    private final DMatrixRMaj means;
    private final List<DMatrixRMaj> whitenings;
    private final double[] constants;
    private final boolean tied;
    private final DMatrixRMaj[] precisions;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj gradients = new DMatrixRMaj(0, 0);
    private double[] logDensities = new double[0];

    /** L of a batch, an array of rows for each element; batch after batch if they are kept. */
    private double[][] factors = new double[0][];

    /** Σ_i log l_ii of each row. */
    private double[] logDeterminants = new double[0];

    /** v of a batch, then −a; an array of rows for each missing column. */
    private double[][] solutions = new double[0][];

    private final int height;
    private final double[] squares;
    private final double[] work;

    /** Missing columns of a batch: i-th column of each row, and the first row that has one. */
    private int[][] columns = new int[0][];

    private int[] starts = new int[0];

    /** L⁻¹ and L⁻ᵀ L⁻¹ of a batch. */
    private double[][] inverse = new double[0][];

    private double[][] covariances = new double[0][];

    /** The patterns whose factors are kept; null if none are. */
    private MissingCells kept;

    /**
     * Creates the buffers.
     *
     * @param whitenings U of each component, d × d; one and the same matrix if they are tied. Not
     *     modified.
     * @param constants log density of each component at its mean, with the logarithm of its weight
     * @param tied whether the components have the same covariance
     */
    BatchedConditionalRows(
            DMatrixRMaj means, List<DMatrixRMaj> whitenings, double[] constants, boolean tied) {
        this.means = means;
        this.whitenings = whitenings;
        this.constants = constants;
        this.tied = tied;
        this.height =
                Math.max(
                        LEAST_HEIGHT,
                        Math.min(GREATEST_HEIGHT, TARGET_LENGTH / triangle(means.numCols)));
        this.squares = new double[height];
        this.work = new double[height];
        this.precisions = new DMatrixRMaj[tied ? 1 : whitenings.size()];
    }

    private DMatrixRMaj precision(int component) {
        int index = tied ? 0 : component;
        if (precisions[index] == null) {
            DMatrixRMaj whitening = whitenings.get(component);
            precisions[index] = new DMatrixRMaj(whitening.numRows, whitening.numRows);
            products.addOuter(whitening, whitening, precisions[index]);
        }
        return precisions[index];
    }

    @Override
    public void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum) {
        MissingCells missing = block.missing();
        int[] rows = missing.incompleteRows();
        DMatrixRMaj precision = precision(component);
        boolean keeps = prepare(missing);
        Rows.subtractObserved(block.rows(), rows, means, component, centred);
        gradients.reshape(rows.length, means.numCols);
        gradients.zero();
        products.addProduct(centred, precision, gradients);
        int from = 0;
        for (int first = 0; first < rows.length; first += height) {
            int size = Math.min(height, rows.length - first);
            int p = most(missing, first + size);
            index(missing, first, size, p);
            if (kept != missing) {
                gather(size, p, precision, from);
                factorize(from, p, size, first);
            }
            solve(missing, first, size, p, from, component);
            // The covariances of tied components are the same, so they are added with the first.
            if (sum != null && !(tied && component > 0)) {
                invert(from, p, size);
                for (int lane = 0; lane < size; lane++) {
                    work[lane] = weight(weights, component, rows[first + lane]);
                }
                addCovariances(size, p, sum);
            }
            from += keeps ? triangle(p) : 0;
        }
        kept = keeps ? missing : null;
    }

    private double weight(DMatrixRMaj weights, int component, int row) {
        if (!tied) {
            return weights.get(component, row);
        }
        double weight = 0;
        for (int k = 0; k < weights.numRows; k++) {
            weight += weights.get(k, row);
        }
        return weight;
    }

    /** Returns the number of missing columns of the last row of a batch, which has the most. */
    private static int most(MissingCells missing, int end) {
        return missing.columnsOf(end - 1).length;
    }

    /** Returns the number of elements of a packed triangle, and the place of its row i. */
    private static int triangle(int i) {
        return i * (i + 1) / 2;
    }

    /**
     * Makes room.
     *
     * @return whether the factors of all batches are kept for the other components
     */
    private boolean prepare(MissingCells missing) {
        int rows = missing.incompleteRows().length;
        int most = most(missing, rows);
        long all = 0;
        for (int first = 0; first < rows; first += height) {
            all += triangle(most(missing, Math.min(first + height, rows)));
        }
        boolean keeps = tied && whitenings.size() > 1 && all * height <= GREATEST_KEPT;
        factors = grown(factors, keeps ? (int) all : triangle(most));
        solutions = grown(solutions, most);
        if (logDensities.length < rows) {
            logDensities = new double[rows];
            logDeterminants = new double[rows];
            kept = null;
        }
        return keeps;
    }

    private double[][] grown(double[][] arrays, int count) {
        int length = arrays.length;
        if (length >= count) {
            return arrays;
        }
        double[][] more = Arrays.copyOf(arrays, count);
        for (int i = length; i < count; i++) {
            more[i] = new double[height];
        }
        return more;
    }

    /**
     * Copies the missing columns of a batch, so that the numbers of one element of the triangles
     * can be read and written together.
     *
     * @param p number of missing columns of the last row
     */
    private void index(MissingCells missing, int first, int size, int p) {
        if (columns.length < p) {
            columns = new int[p][height];
            starts = new int[p];
        }
        for (int i = 0; i < p; i++) {
            starts[i] = 0;
        }
        for (int lane = 0; lane < size; lane++) {
            int[] own = missing.columnsOf(first + lane);
            for (int i = 0; i < own.length; i++) {
                columns[i][lane] = own[i];
            }
            for (int i = own.length; i < p; i++) {
                starts[i] = lane + 1;
            }
        }
    }

    /** Copies P_mm of each row of a batch. */
    private void gather(int size, int p, DMatrixRMaj precision, int to) {
        int d = precision.numCols;
        double[] q = precision.data;
        for (int i = 0, at = to; i < p; i++) {
            int[] row = columns[i];
            for (int j = 0; j <= i; j++) {
                int[] column = columns[j];
                double[] element = factors[at++];
                Arrays.fill(element, 0, starts[i], i == j ? 1 : 0);
                for (int lane = starts[i]; lane < size; lane++) {
                    element[lane] = q[row[lane] * d + column[lane]];
                }
            }
        }
    }

    /** Computes the factors L of a batch in place, and the logarithms of their determinants. */
    private void factorize(int l, int p, int size, int first) {
        for (int i = 0; i < p; i++) {
            int row = l + triangle(i);
            for (int j = 0; j <= i; j++) {
                int other = l + triangle(j);
                double[] element = factors[row + j];
                for (int t = 0; t < j; t++) {
                    subtract(factors[row + t], factors[other + t], element, size);
                }
                if (j < i) {
                    divide(element, factors[other + j], size);
                } else {
                    root(element, size);
                }
            }
        }
        Arrays.fill(logDeterminants, first, first + size, 0);
        for (int i = 0; i < p; i += FACTORS) {
            Arrays.fill(work, 1);
            for (int j = i; j < Math.min(p, i + FACTORS); j++) {
                multiply(work, factors[l + triangle(j) + j], size);
            }
            DoubleFunctions.log(work, 0, work, 0, size);
            for (int lane = 0; lane < size; lane++) {
                logDeterminants[first + lane] += work[lane];
            }
        }
    }

    /** Computes log densities and conditional means of a batch. */
    private void solve(MissingCells missing, int first, int size, int p, int l, int component) {
        int d = means.numCols;
        for (int i = 0; i < p; i++) {
            Arrays.fill(solutions[i], 0, starts[i], 0);
            for (int lane = starts[i]; lane < size; lane++) {
                solutions[i][lane] = gradients.data[(first + lane) * d + columns[i][lane]];
            }
        }
        Arrays.fill(squares, 0);
        for (int i = 0; i < p; i++) {
            for (int t = 0; t < i; t++) {
                subtract(factors[l + triangle(i) + t], solutions[t], solutions[i], size);
            }
            divide(solutions[i], factors[l + triangle(i) + i], size);
            add(solutions[i], solutions[i], squares, size);
        }
        for (int i = p - 1; i >= 0; i--) {
            for (int t = i + 1; t < p; t++) {
                subtract(factors[l + triangle(t) + i], solutions[t], solutions[i], size);
            }
            divide(solutions[i], factors[l + triangle(i) + i], size);
        }
        for (int lane = 0; lane < size; lane++) {
            int place = first + lane;
            logDensities[place] =
                    constants[component]
                            + 0.5 * missing.columnsOf(place).length * MixtureFactors.LOG_TWO_PI
                            - logDeterminants[place]
                            - 0.5 * (Rows.product(centred, gradients, place) - squares[lane]);
        }
        for (int i = 0; i < p; i++) {
            for (int lane = starts[i]; lane < size; lane++) {
                centred.data[(first + lane) * d + columns[i][lane]] = -solutions[i][lane];
            }
        }
    }

    /** Computes L⁻¹ and L⁻ᵀ L⁻¹ of a batch. */
    private void invert(int l, int p, int size) {
        inverse = grown(inverse, triangle(p));
        covariances = grown(covariances, triangle(p));
        for (int i = 0; i < p; i++) {
            int row = triangle(i);
            for (int j = 0; j <= i; j++) {
                double[] element = inverse[row + j];
                Arrays.fill(element, i == j ? 1 : 0);
                for (int t = j; t < i; t++) {
                    subtract(factors[l + row + t], inverse[triangle(t) + j], element, size);
                }
                divide(element, factors[l + row + i], size);
            }
        }
        for (int i = 0; i < p; i++) {
            for (int j = 0; j <= i; j++) {
                double[] element = covariances[triangle(i) + j];
                Arrays.fill(element, 0);
                for (int t = i; t < p; t++) {
                    add(inverse[triangle(t) + i], inverse[triangle(t) + j], element, size);
                }
            }
        }
    }

    private static void add(double[] x, double[] y, double[] sum, int size) {
        for (int lane = 0; lane < size; lane++) {
            sum[lane] += x[lane] * y[lane];
        }
    }

    private static void subtract(double[] x, double[] y, double[] difference, int size) {
        for (int lane = 0; lane < size; lane++) {
            difference[lane] -= x[lane] * y[lane];
        }
    }

    private static void multiply(double[] x, double[] factor, int size) {
        for (int lane = 0; lane < size; lane++) {
            x[lane] *= factor[lane];
        }
    }

    private static void divide(double[] x, double[] divisor, int size) {
        for (int lane = 0; lane < size; lane++) {
            x[lane] /= divisor[lane];
        }
    }

    private static void root(double[] x, int size) {
        for (int lane = 0; lane < size; lane++) {
            x[lane] = Math.sqrt(x[lane]);
        }
    }

    /** Adds the weighted covariances of a batch to the upper triangle of a sum. */
    private void addCovariances(int size, int p, DMatrixRMaj sum) {
        int d = sum.numCols;
        for (int i = 0, at = 0; i < p; i++) {
            int[] row = columns[i];
            for (int j = 0; j <= i; j++) {
                int[] column = columns[j];
                double[] element = covariances[at++];
                for (int lane = starts[i]; lane < size; lane++) {
                    sum.data[row[lane] * d + column[lane]] += work[lane] * element[lane];
                }
            }
        }
    }

    @Override
    public double logDensity(int place) {
        return logDensities[place];
    }

    @Override
    public DMatrixRMaj centred() {
        return centred;
    }
}
