package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.MissingCells;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Some patterns of missing columns m under one precision matrix P, factorised side by side.
 *
 * <pre>
 *   P_mm = L Lᵀ,     P_mm⁻¹ = L⁻ᵀ L⁻¹     the conditional covariance of the missing columns
 * </pre>
 *
 * <p>Each element of a triangle is an array with the numbers of the patterns. The compiler makes vector code of loops
 * over such arrays, but not of loops over several places of one array, which might overlap. Patterns with fewer columns
 * than others of their batch are filled up with rows of the identity, which change no bit. So the factor of a pattern
 * does not depend on the other patterns.
 */
final class PatternBatch {
    /** The most patterns of a batch. Loops over fewer are not compiled to good vector code. */
    private static final int MAX_HEIGHT = 64;

    /** The fewest patterns of a full batch. */
    private static final int MIN_HEIGHT = 8;

    /** Numbers in the triangles of all columns of a batch, 4 MiB. */
    private static final int TARGET_LENGTH = 1 << 19;

    /**
     * Diagonal elements that are multiplied before a logarithm is taken. The square of the least precision of usable
     * numbers does not underflow.
     */
    private static final int FACTORS = 2;

    private final int height;
    private final double[] work;

    /** Missing columns: the i-th of each pattern, and the first pattern that has one. */
    private int[][] columns = new int[0][];

    private int[] starts = new int[0];

    /** L with the reciprocals of its diagonal; an array of patterns for each element. */
    private double[][] factors = new double[0][];

    /** Σ_i log l_ii of each pattern. */
    private final double[] logDeterminants;

    /** L⁻¹ and one element of L⁻ᵀ L⁻¹. */
    private double[][] inverse = new double[0][];

    private int size;
    private int most;

    PatternBatch(int height) {
        this.height = height;
        this.work = new double[height];
        this.logDeterminants = new double[height];
    }

    /** Returns the number of patterns of a full batch of rows of some width. */
    static int height(int width) {
        return Math.max(MIN_HEIGHT, Math.min(MAX_HEIGHT, TARGET_LENGTH / triangle(width)));
    }

    /** Returns the number of elements of a packed triangle, and the place of its row i. */
    static int triangle(int i) {
        return i * (i + 1) / 2;
    }

    /** Returns the arrays, at least so many and each of some length. */
    static double[][] grown(double[][] arrays, int count, int length) {
        int known = arrays.length;
        if (known >= count) {
            return arrays;
        }
        double[][] more = Arrays.copyOf(arrays, count);
        for (int i = known; i < count; i++) {
            more[i] = new double[length];
        }
        return more;
    }

    /**
     * Factorises P_mm of some patterns.
     *
     * @param first index of the first pattern; the last of them has the most missing columns
     * @param precision P, d × d. Not modified.
     */
    void factorize(MissingCells missing, int first, int count, DMatrixRMaj precision) {
        size = count;
        most = missing.columns(first + count - 1).length;
        factors = grown(factors, triangle(most), height);
        index(missing, first);
        gather(precision);
        for (int i = 0; i < most; i++) {
            int row = triangle(i);
            for (int j = 0; j <= i; j++) {
                int other = triangle(j);
                double[] element = factors[row + j];
                for (int t = 0; t < j; t++) {
                    subtract(factors[row + t], factors[other + t], element, size);
                }
                if (j < i) {
                    multiply(element, factors[other + j], size);
                } else {
                    invertRoot(element, size);
                }
            }
        }
        takeLogarithms();
    }

    /** Copies the columns, so that those of one place can be read together. */
    private void index(MissingCells missing, int first) {
        if (columns.length < most) {
            columns = new int[most][height];
            starts = new int[most];
        }
        Arrays.fill(starts, 0, most, 0);
        for (int lane = 0; lane < size; lane++) {
            int[] own = missing.columns(first + lane);
            for (int i = 0; i < own.length; i++) {
                columns[i][lane] = own[i];
            }
            for (int i = own.length; i < most; i++) {
                starts[i] = lane + 1;
            }
        }
    }

    private void gather(DMatrixRMaj precision) {
        int d = precision.numCols;
        double[] q = precision.data;
        for (int i = 0, at = 0; i < most; i++) {
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

    private void takeLogarithms() {
        Arrays.fill(logDeterminants, 0, size, 0);
        for (int i = 0; i < most; i += FACTORS) {
            Arrays.fill(work, 0, size, 1);
            for (int j = i; j < Math.min(most, i + FACTORS); j++) {
                multiply(work, factors[triangle(j) + j], size);
            }
            DoubleFunctions.log(work, 0, work, 0, size);
            for (int lane = 0; lane < size; lane++) {
                logDeterminants[lane] -= work[lane];
            }
        }
    }

    /** Returns Σ_i log l_ii of a pattern by its place in the batch. */
    double logDeterminant(int lane) {
        return logDeterminants[lane];
    }

    /**
     * Returns L with the reciprocals of its diagonal: row after row, an array of patterns for each element. Not to be
     * modified.
     */
    double[][] factors() {
        return factors;
    }

    /**
     * Adds the weighted conditional covariances to the upper triangle of a sum.
     *
     * @param weights weight of each pattern of the batch. Not modified.
     * @param sum d × d. Modified on and above the diagonal.
     */
    void addCovariances(double[] weights, DMatrixRMaj sum) {
        invert();
        int d = sum.numCols;
        for (int i = 0; i < most; i++) {
            int[] row = columns[i];
            for (int j = 0; j <= i; j++) {
                int[] column = columns[j];
                Arrays.fill(work, 0, size, 0);
                for (int t = i; t < most; t++) {
                    add(inverse[triangle(t) + i], inverse[triangle(t) + j], work, size);
                }
                for (int lane = starts[i]; lane < size; lane++) {
                    sum.data[row[lane] * d + column[lane]] += weights[lane] * work[lane];
                }
            }
        }
    }

    private void invert() {
        inverse = grown(inverse, triangle(most), height);
        for (int i = 0; i < most; i++) {
            int row = triangle(i);
            for (int j = 0; j < i; j++) {
                double[] element = inverse[row + j];
                Arrays.fill(element, 0, size, 0);
                for (int t = j; t < i; t++) {
                    subtract(factors[row + t], inverse[triangle(t) + j], element, size);
                }
                multiply(element, factors[row + i], size);
            }
            System.arraycopy(factors[row + i], 0, inverse[row + i], 0, size);
        }
    }

    /** Computes sum += x y, elementwise. */
    static void add(double[] x, double[] y, double[] sum, int size) {
        for (int lane = 0; lane < size; lane++) {
            sum[lane] += x[lane] * y[lane];
        }
    }

    /** Computes difference −= x y, elementwise. */
    static void subtract(double[] x, double[] y, double[] difference, int size) {
        for (int lane = 0; lane < size; lane++) {
            difference[lane] -= x[lane] * y[lane];
        }
    }

    /** Computes x ← x y, elementwise. */
    static void multiply(double[] x, double[] y, int size) {
        for (int lane = 0; lane < size; lane++) {
            x[lane] *= y[lane];
        }
    }

    private static void invertRoot(double[] x, int size) {
        for (int lane = 0; lane < size; lane++) {
            x[lane] = 1 / Math.sqrt(x[lane]);
        }
    }
}
