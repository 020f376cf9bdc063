package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * The linear map onto the plane in which the means of a mixture's components lie farthest apart. With weights π_k,
 * means μ_k, their weighted mean μ and the standard deviations s_j within a component:
 *
 * <pre>
 *   z_kj = √π_k (μ_kj − μ_j) / s_j            K × d
 *   y(x) = Vᵀ S⁻¹ (x − μ)                     V: the two leading right singular vectors of Z
 * </pre>
 *
 * <p>This is Fisher's discriminant (Hastie, Tibshirani and Friedman 2009, section 4.3.3) with a diagonal covariance
 * within a component. If the means span fewer than two directions (K &lt; 3), principal directions of the rows,
 * orthogonal to the first ones, are added. If the rows do not have enough directions either, as for d = 1, the
 * coordinate is 0. The singular vectors come from the smaller of the matrices Z Zᵀ (K × K) and Zᵀ Z. The sign of a
 * direction makes its largest entry positive.
 */
public final class Projection {

    private static final int PLANE = 2;

    /**
     * Squared singular values below this share of their sum are rounding errors: the Gram matrix has a relative error
     * of about K ε.
     */
    private static final double NEGLIGIBLE = 1e-12;

    /** The square of the relative error that centring leaves in a number that should become 0: ε² with a margin. */
    private static final double CENTRING = 1e-28;

    /**
     * The most rows used to find a direction of the sample. The eigenvalue problem of this size takes about half a
     * second.
     */
    private static final int SAMPLE_ROWS = 400;

    private final double[] centre;
    private final double[] scale;
    private final List<double[]> directions;

    private Projection(double[] centre, double[] scale, List<double[]> directions) {
        this.centre = centre;
        this.scale = scale;
        this.directions = List.copyOf(directions);
    }

    /**
     * Computes the map for a mixture.
     *
     * @param sample m × d. Rows of the data, used only if the means span fewer than two directions. Not modified.
     * @param weights K. Not modified.
     * @param means K × d. Not modified.
     * @param deviations d. Standard deviations within a component. A column with deviation 0 is ignored. Not modified.
     * @throws IllegalArgumentException if the shapes do not match or a value is not finite
     */
    public static Projection of(DMatrixRMaj sample, double[] weights, DMatrixRMaj means, double[] deviations) {
        int d = means.numCols;
        Require.size("columns of the sample", sample.numCols, d);
        Require.size("deviations", deviations.length, d);
        Require.size("weights", weights.length, means.numRows);
        double[] scale = new double[d];
        for (int j = 0; j < d; j++) {
            scale[j] = deviations[j] > 0 ? 1 / deviations[j] : 0;
        }
        double[] centre = centre(weights, means);
        DMatrixRMaj spread = spread(means, centre, scale, weights);
        double floor = floor(spread, spread(means, new double[d], scale, weights));
        List<double[]> directions = new ArrayList<>(leading(spread, PLANE, floor));
        if (directions.size() < PLANE && sample.numRows > 0) {
            fillUp(directions, sample, scale);
        }
        return new Projection(centre, scale, directions);
    }

    /**
     * Computes the map onto the first two principal components of the rows. If there are more columns than
     * {@link #SAMPLE_ROWS}, only that many evenly chosen rows are used.
     *
     * @param rows n × d. Not modified.
     */
    public static Projection principal(DMatrixRMaj rows) {
        double[] scale = new double[rows.numCols];
        Arrays.fill(scale, 1);
        DMatrixRMaj chosen = rows.numCols > SAMPLE_ROWS ? evenly(rows, SAMPLE_ROWS) : rows;
        double[] ones = new double[chosen.numRows];
        Arrays.fill(ones, 1);
        double[] centre = centre(ones, chosen);
        DMatrixRMaj centred = spread(chosen, centre, scale, ones);
        double floor = floor(centred, spread(chosen, new double[scale.length], scale, ones));
        return new Projection(centre, scale, leading(centred, PLANE, floor));
    }

    /**
     * Projects rows into the plane.
     *
     * @param rows n × d. Not modified.
     * @return n × 2
     */
    public DMatrixRMaj project(DMatrixRMaj rows) {
        Require.that(rows.numCols == scale.length, "rows have %s columns, expected %s", rows.numCols, scale.length);
        DMatrixRMaj plane = new DMatrixRMaj(rows.numRows, PLANE);
        for (int i = 0; i < rows.numRows; i++) {
            for (int a = 0; a < directions.size(); a++) {
                double[] direction = directions.get(a);
                double sum = 0;
                for (int j = 0; j < scale.length; j++) {
                    sum += (rows.data[i * scale.length + j] - centre[j]) * scale[j] * direction[j];
                }
                plane.set(i, a, sum);
            }
        }
        return plane;
    }

    /** Returns the map A = S⁻¹ V, d × 2. A covariance Σ of the rows becomes AᵀΣA in the plane. */
    public DMatrixRMaj matrix() {
        DMatrixRMaj matrix = new DMatrixRMaj(scale.length, PLANE);
        for (int a = 0; a < directions.size(); a++) {
            for (int j = 0; j < scale.length; j++) {
                matrix.set(j, a, scale[j] * directions.get(a)[j]);
            }
        }
        return matrix;
    }

    /**
     * Projects a full covariance into the plane.
     *
     * @param covariance d × d. Not modified.
     * @return 2 × 2
     */
    public DMatrixRMaj covariance(DMatrixRMaj covariance) {
        DMatrixRMaj map = matrix();
        DMatrixRMaj product = new DMatrixRMaj(scale.length, PLANE);
        CommonOps_DDRM.mult(covariance, map, product);
        DMatrixRMaj plane = new DMatrixRMaj(PLANE, PLANE);
        CommonOps_DDRM.multTransA(map, product, plane);
        return plane;
    }

    /**
     * Projects a diagonal covariance into the plane.
     *
     * @param variances d. Not modified.
     * @return 2 × 2
     */
    public DMatrixRMaj covariance(double[] variances) {
        DMatrixRMaj map = matrix();
        DMatrixRMaj plane = new DMatrixRMaj(PLANE, PLANE);
        for (int j = 0; j < scale.length; j++) {
            for (int a = 0; a < PLANE; a++) {
                for (int b = 0; b < PLANE; b++) {
                    plane.add(a, b, map.get(j, a) * variances[j] * map.get(j, b));
                }
            }
        }
        return plane;
    }

    /** Returns the weighted mean of the rows. */
    public static double[] centre(double[] weights, DMatrixRMaj means) {
        double[] centre = new double[means.numCols];
        double total = 0;
        for (int k = 0; k < means.numRows; k++) {
            total += weights[k];
            for (int j = 0; j < centre.length; j++) {
                centre[j] += weights[k] * means.get(k, j);
            }
        }
        for (int j = 0; j < centre.length; j++) {
            centre[j] /= total;
        }
        return centre;
    }

    /** Returns the rows centred, multiplied by {@code scale} and by the square root of their weights. */
    private static DMatrixRMaj spread(DMatrixRMaj rows, double[] centre, double[] scale, double[] weights) {
        DMatrixRMaj result = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < rows.numRows; i++) {
            double root = Math.sqrt(weights[i]);
            for (int j = 0; j < rows.numCols; j++) {
                result.set(i, j, root * (rows.get(i, j) - centre[j]) * scale[j]);
            }
        }
        return result;
    }

    /**
     * Adds principal directions of at most {@link #SAMPLE_ROWS} evenly chosen rows, orthogonal to the given directions.
     */
    private static void fillUp(List<double[]> directions, DMatrixRMaj sample, double[] scale) {
        int d = sample.numCols;
        DMatrixRMaj chosen = evenly(sample, SAMPLE_ROWS);
        int count = chosen.numRows;
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        DMatrixRMaj rows = spread(chosen, centre(ones, chosen), scale, ones);
        double floor = floor(rows, spread(chosen, new double[d], scale, ones));
        for (double[] direction : directions) {
            for (int i = 0; i < count; i++) {
                removeAlong(rows.data, i * d, direction);
            }
        }
        directions.addAll(leading(rows, PLANE - directions.size(), floor));
    }

    /** Returns at most {@code most} of the rows, evenly chosen. */
    private static DMatrixRMaj evenly(DMatrixRMaj rows, int most) {
        int d = rows.numCols;
        int count = Math.min(rows.numRows, most);
        DMatrixRMaj chosen = new DMatrixRMaj(count, d);
        for (int i = 0; i < count; i++) {
            int row = (int) ((long) i * rows.numRows / count);
            System.arraycopy(rows.data, row * d, chosen.data, i * d, d);
        }
        return chosen;
    }

    /** Returns the squared singular value below which a direction of the centred rows is a rounding error. */
    private static double floor(DMatrixRMaj centred, DMatrixRMaj plain) {
        return NEGLIGIBLE * sumOfSquares(centred) + CENTRING * sumOfSquares(plain) + Double.MIN_NORMAL;
    }

    private static double sumOfSquares(DMatrixRMaj rows) {
        return NormOps_DDRM.fastNormF(rows) * NormOps_DDRM.fastNormF(rows);
    }

    private static void removeAlong(double[] data, int offset, double[] direction) {
        double dot = 0;
        for (int j = 0; j < direction.length; j++) {
            dot += data[offset + j] * direction[j];
        }
        for (int j = 0; j < direction.length; j++) {
            data[offset + j] -= dot * direction[j];
        }
    }

    /**
     * Returns at most {@code count} leading right singular vectors, only vectors with a squared singular value above
     * the floor.
     */
    private static List<double[]> leading(DMatrixRMaj rows, int count, double floor) {
        int n = Math.min(rows.numRows, rows.numCols);
        boolean wide = rows.numRows <= rows.numCols;
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        if (wide) {
            CommonOps_DDRM.multTransB(rows, rows, gram);
        } else {
            CommonOps_DDRM.multTransA(rows, rows, gram);
        }
        SymmetricEigen eigen = SymmetricEigen.leading(gram, Math.min(n, count))
                .orElseThrow(() -> new IllegalArgumentException("means, deviations and sample have infinite or"
                        + " missing values, expected finite numbers for"
                        + " a projection"));
        return IntStream.range(0, Math.min(n, count))
                .filter(i -> eigen.value(i) > floor)
                .mapToObj(eigen::vector)
                .map(vector -> signed(wide ? transposed(rows, vector) : vector))
                .toList();
    }

    /** Returns rowsᵀ u. */
    private static double[] transposed(DMatrixRMaj rows, double[] u) {
        double[] vector = new double[rows.numCols];
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < vector.length; j++) {
                vector[j] += u[i] * rows.data[i * vector.length + j];
            }
        }
        return vector;
    }

    /** Returns the vector with length 1 and a positive largest entry. */
    private static double[] signed(double[] vector) {
        double norm = 0;
        double extreme = 0;
        for (double entry : vector) {
            norm += entry * entry;
            extreme = Math.abs(entry) > Math.abs(extreme) * (1 + 1e-9) ? entry : extreme;
        }
        double factor = (extreme < 0 ? -1 : 1) / Math.sqrt(norm);
        return Arrays.stream(vector).map(entry -> factor * entry).toArray();
    }
}
