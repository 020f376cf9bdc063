package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linear.LinearGaussian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Computes the distribution of groups of cells given all other observed cells of the row, within each component. A
 * group c is the numbers that one column of a table gives.
 *
 * <pre>
 *   P_k = Σ_k⁻¹,   V_kc = ((P_k)_cc)⁻¹,   e_kc = V_kc (P_k (x − μ_k))_c
 *   p(x_c | x_rest, k) = N(x_c; x_c − e_kc, V_kc)
 * </pre>
 *
 * So the groups cost one product of the rows by P_k for each component, and one small inverse for each component and
 * group (Bishop 2006, eq. 2.73 and 2.96). Columns that are missing in a row are left out of Σ_k.
 *
 * <p>Holds 2 k n d numbers for a block of n rows, so blocks should be small. One thread only.
 */
public final class ColumnConditionals {
    private final MixtureParameters mixture;
    private final int[][] groups;
    private final BlockDensities densities;
    private final List<Conditionals> complete;
    private final Products products = new Products();
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj product = new DMatrixRMaj(0, 0);
    private final double[] white;
    private DMatrixRMaj rows;

    /** e_k of each row, k blocks of n × d; NaN where a cell is missing. */
    private double[] residuals = new double[0];

    /** Diagonals of V_kc of each row, in the same order. */
    private double[] variances = new double[0];

    /** log p(x_c | x_rest, k) of each row, k blocks of n × groups; 0 if the group is missing. */
    private double[] logDensities = new double[0];

    /** e_kcᵀ V_kc⁻¹ e_kc, in the same order. */
    private double[] distances = new double[0];

    /**
     * The distributions of one component in the observed columns.
     *
     * @param precision P in these columns
     * @param roots a matrix U of each group with V = U Uᵀ; null if the group is missing
     */
    private record Conditionals(ComponentPrecision precision, List<DMatrixRMaj> roots) {}

    /**
     * Prepares the distributions of complete rows.
     *
     * @param factors factors of the same mixture
     * @param groups columns of each group, ascending; each column is in one group. Not modified.
     * @throws IllegalArgumentException if a covariance is not positive definite
     */
    public ColumnConditionals(MixtureParameters mixture, MixtureFactors factors, int[][] groups) {
        this.mixture = mixture;
        this.groups = groups.clone();
        this.white = new double[mixture.dimension()];
        this.densities = factors.densities();
        this.complete = conditionals(IntStream.range(0, mixture.dimension()).toArray());
    }

    private List<Conditionals> conditionals(int[] columns) {
        boolean tied = mixture.type() == CovarianceType.TIED;
        Conditionals first = conditionals(0, columns);
        return IntStream.range(0, mixture.components())
                .mapToObj(k -> k == 0 || tied ? first : conditionals(k, columns))
                .toList();
    }

    private Conditionals conditionals(int component, int[] columns) {
        ComponentPrecision precision = ComponentPrecision.of(mixture, component, columns);
        List<DMatrixRMaj> roots = new ArrayList<>();
        for (int[] group : groups) {
            int[] places = places(group, columns);
            roots.add(places.length == 0 ? null : precision.conditionalRoot(places));
        }
        return new Conditionals(precision, roots);
    }

    /** Returns the places of the members of a group among the observed columns. */
    private static int[] places(int[] group, int[] columns) {
        return Arrays.stream(group)
                .map(column -> Arrays.binarySearch(columns, column))
                .filter(place -> place >= 0)
                .toArray();
    }

    /**
     * Evaluates some rows.
     *
     * @param block n × d, NaN where a value is missing. Kept until the next call, not copied.
     */
    public void evaluate(DMatrixRMaj block) {
        rows = block;
        Block packed = Block.of(block);
        densities.apply(packed, joint);
        int length = mixture.components() * block.getNumElements();
        if (residuals.length < length) {
            residuals = new double[length];
            variances = new double[length];
        }
        int ofGroups = mixture.components() * block.numRows * groups.length;
        if (logDensities.length < ofGroups) {
            logDensities = new double[ofGroups];
            distances = new double[ofGroups];
        }
        Arrays.fill(residuals, 0, length, Double.NaN);
        Arrays.fill(variances, 0, length, Double.NaN);
        Arrays.fill(logDensities, 0, ofGroups, 0);
        Arrays.fill(distances, 0, ofGroups, 0);
        int[] all = IntStream.range(0, block.numCols).toArray();
        if (packed.isComplete()) {
            terms(IntStream.range(0, block.numRows).toArray(), all, complete);
            return;
        }
        MissingCells missing = packed.missing();
        terms(missing.completeRows(), all, complete);
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            int[] absent = missing.columns(pattern);
            int[] observed = Arrays.stream(all)
                    .filter(j -> Arrays.stream(absent).noneMatch(i -> i == j))
                    .toArray();
            if (observed.length > 0) {
                int[] some = Arrays.copyOfRange(missing.incompleteRows(), missing.start(pattern), missing.end(pattern));
                terms(some, observed, conditionals(observed));
            }
        }
    }

    /** Computes e, V and densities of rows whose observed columns are the same. */
    private void terms(int[] some, int[] columns, List<Conditionals> conditionals) {
        centred.reshape(some.length, columns.length);
        for (int k = 0; k < conditionals.size() && some.length > 0; k++) {
            for (int i = 0; i < some.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    centred.unsafe_set(
                            i,
                            j,
                            rows.get(some[i], columns[j]) - mixture.means().get(k, columns[j]));
                }
            }
            conditionals.get(k).precision().multiply(centred, products, product);
            for (int c = 0; c < groups.length; c++) {
                DMatrixRMaj root = conditionals.get(k).roots().get(c);
                if (root != null) {
                    terms(k, some, c, columns, root);
                }
            }
        }
    }

    /** Computes the same of one group. */
    private void terms(int component, int[] some, int group, int[] columns, DMatrixRMaj root) {
        int[] places = places(groups[group], columns);
        int g = places.length;
        double constant = -0.5 * g * MixtureFactors.LOG_TWO_PI;
        for (int a = 0; a < g; a++) {
            constant -= StrictMath.log(root.get(a, a));
        }
        for (int i = 0; i < some.length; i++) {
            double squared = 0;
            for (int b = 0; b < g; b++) {
                double sum = 0;
                for (int a = 0; a <= b; a++) {
                    sum = Math.fma(root.get(a, b), product.get(i, places[a]), sum);
                }
                white[b] = sum;
                squared = Math.fma(sum, sum, squared);
            }
            logDensities[ofGroup(component, some[i], group)] = constant - 0.5 * squared;
            distances[ofGroup(component, some[i], group)] = squared;
            for (int a = 0; a < g; a++) {
                double residual = 0;
                double variance = 0;
                for (int b = a; b < g; b++) {
                    residual = Math.fma(root.get(a, b), white[b], residual);
                    variance = Math.fma(root.get(a, b), root.get(a, b), variance);
                }
                int at = at(component, some[i], columns[places[a]]);
                residuals[at] = residual;
                variances[at] = variance;
            }
        }
    }

    private int at(int component, int row, int column) {
        return (component * rows.numRows + row) * rows.numCols + column;
    }

    private int ofGroup(int component, int row, int group) {
        return (component * rows.numRows + row) * groups.length + group;
    }

    /** Returns log π_k p(x | k) of each row, k × n. Not to be modified. */
    public DMatrixRMaj joint() {
        return joint;
    }

    /** Returns log p(x_c | x_rest, k), in nats; 0 if all cells of the group are missing. */
    public double logDensity(int component, int row, int group) {
        return logDensities[ofGroup(component, row, group)];
    }

    /** Returns the squared Mahalanobis distance of a group from its mean, given the others. */
    public double squaredDistance(int component, int row, int group) {
        return distances[ofGroup(component, row, group)];
    }

    /** Returns the mean of a cell given the cells of other groups; NaN if it is missing. */
    public double mean(int component, int row, int column) {
        return rows.get(row, column) - residuals[at(component, row, column)];
    }

    /** Returns the variance of a cell given the cells of other groups; NaN if it is missing. */
    public double variance(int component, int row, int column) {
        return variances[at(component, row, column)];
    }

    /**
     * The inverse P of the covariance that one component has in some of the columns, in the form that suits the type of
     * covariance.
     *
     * <pre>
     *   P = U Uᵀ               full, tied: U = L⁻ᵀ, Σ = L Lᵀ
     *   P = diag(a) − B Bᵀ     factor, ppca: a = 1 / ψ, B = Ψ⁻¹ W M^-½, M = I + Wᵀ Ψ⁻¹ W
     *   P = diag(a)            diagonal, spherical: a = 1 / σ²
     * </pre>
     *
     * <p>Source of the second form: Woodbury's identity (Bishop 2006, eq. C.7).
     *
     * @param root U, m × m; null if P has another form
     * @param scales a, m numbers; null if P = U Uᵀ
     * @param reduction B, m × l; null if there is none
     */
    private record ComponentPrecision(DMatrixRMaj root, double[] scales, DMatrixRMaj reduction) {
        /**
         * Inverts the covariance of a component in some of the columns.
         *
         * @param columns m indices, ascending, at least one. Not modified.
         * @throws IllegalArgumentException if the covariance is not positive definite
         */
        static ComponentPrecision of(MixtureParameters mixture, int component, int[] columns) {
            return switch (mixture.type()) {
                case FULL, TIED -> dense(mixture, component, columns);
                case DIAGONAL, SPHERICAL -> {
                    double[] scales = new double[columns.length];
                    Arrays.setAll(scales, j -> 1 / mixture.variance(component, columns[j]));
                    yield new ComponentPrecision(null, scales, null);
                }
                case FACTOR, PPCA -> factored(mixture.linear(component), columns);
            };
        }

        private static ComponentPrecision dense(MixtureParameters mixture, int component, int[] columns) {
            DMatrixRMaj all = mixture.covariances().get(mixture.type() == CovarianceType.FULL ? component : 0);
            DMatrixRMaj covariance = new DMatrixRMaj(columns.length, columns.length);
            CommonOps_DDRM.extract(all, columns, columns.length, columns, columns.length, covariance);
            Cholesky factor = Cholesky.of(covariance)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the covariance of component " + component + " is not positive definite"));
            return new ComponentPrecision(factor.whitening(), null, null);
        }

        private static ComponentPrecision factored(LinearGaussian model, int[] columns) {
            int l = model.latent();
            double[] scales = new double[columns.length];
            DMatrixRMaj white = new DMatrixRMaj(columns.length, l); // Ψ^-½ W
            for (int j = 0; j < columns.length; j++) {
                scales[j] = 1 / model.noise(columns[j]);
                for (int i = 0; i < l; i++) {
                    white.set(j, i, model.loadings().get(columns[j], i) * Math.sqrt(scales[j]));
                }
            }
            DMatrixRMaj inner = CommonOps_DDRM.identity(l);
            CommonOps_DDRM.multAddTransA(white, white, inner);
            DMatrixRMaj reduction = new DMatrixRMaj(columns.length, l);
            CommonOps_DDRM.mult(white, Cholesky.of(inner).orElseThrow().whitening(), reduction);
            for (int j = 0; j < columns.length; j++) {
                for (int i = 0; i < l; i++) {
                    reduction.set(j, i, reduction.get(j, i) * Math.sqrt(scales[j]));
                }
            }
            return new ComponentPrecision(null, scales, reduction);
        }

        /**
         * Returns an upper triangular U with U Uᵀ = (P_cc)⁻¹, the covariance of some columns given the others.
         *
         * @param places c, positions among the columns. Not modified.
         */
        DMatrixRMaj conditionalRoot(int[] places) {
            int g = places.length;
            DMatrixRMaj block = new DMatrixRMaj(g, g);
            for (int a = 0; a < g; a++) {
                for (int b = 0; b < g; b++) {
                    block.set(a, b, entry(places[a], places[b]));
                }
            }
            return Cholesky.of(block)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the precision of %d columns is not positive definite".formatted(g)))
                    .whitening();
        }

        private double entry(int i, int j) {
            if (root != null) {
                return dot(root, i, j);
            }
            double scale = i == j ? scales[i] : 0;
            return reduction == null ? scale : scale - dot(reduction, i, j);
        }

        private static double dot(DMatrixRMaj matrix, int i, int j) {
            double sum = 0;
            for (int l = 0; l < matrix.numCols; l++) {
                sum = Math.fma(matrix.unsafe_get(i, l), matrix.unsafe_get(j, l), sum);
            }
            return sum;
        }

        /**
         * Computes Y P.
         *
         * @param centred Y, n × m: rows minus the mean. Not modified.
         * @param out n × m; its shape is set. Modified.
         */
        void multiply(DMatrixRMaj centred, Products products, DMatrixRMaj out) {
            out.reshape(centred.numRows, centred.numCols);
            out.zero();
            DMatrixRMaj factor = root != null ? root : reduction;
            if (factor != null) {
                DMatrixRMaj projected = new DMatrixRMaj(centred.numRows, factor.numCols);
                products.addProduct(centred, factor, projected);
                DMatrixRMaj transposed = new DMatrixRMaj(factor.numCols, factor.numRows);
                CommonOps_DDRM.transpose(factor, transposed);
                products.addProduct(projected, transposed, out);
            }
            if (root == null) {
                for (int i = 0; i < out.getNumElements(); i++) {
                    out.data[i] = centred.data[i] * scales[i % out.numCols] - out.data[i];
                }
            }
        }
    }
}
