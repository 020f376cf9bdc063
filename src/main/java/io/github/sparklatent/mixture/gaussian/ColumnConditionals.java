package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linear.LinearGaussian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
 * With (P_k)_cc⁻¹ = U_kc U_kcᵀ and the white numbers w_kc = U_kcᵀ (P_k (x − μ_k))_c, the distance of the group from its
 * mean is |w_kc|², and e_kc = U_kc w_kc. So the groups cost one product of the rows by P_k for each component, and one
 * small inverse for each component and group (Bishop 2006, eq. 2.73 and 2.96). With a tied covariance, one product of
 * the rows and one of the means is enough: w_kc is the difference of the two. Columns that are missing in a row are
 * left out of Σ_k.
 *
 * <p>Holds k n d numbers for a block of n rows, so blocks should be small. One thread only.
 */
public final class ColumnConditionals {
    private final MixtureParameters mixture;
    private final int[][] groups;
    private final BlockDensities densities;

    /** Points from which rows are whitened: one of all components, or the mean of each. */
    private final DMatrixRMaj origins;

    private final List<Conditionals> complete;
    private final Products products = new Products();
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj product = new DMatrixRMaj(0, 0);
    private DMatrixRMaj rows;

    /** White numbers of the observed cells of the rows seen from each origin, n × d × origins. */
    private double[] white = new double[0];

    /** The distributions of each row: one for each component. */
    private final List<List<Conditionals>> ofRows = new ArrayList<>();

    /**
     * The distributions of one component in the observed columns.
     *
     * @param columns the observed columns
     * @param precision P in these columns
     * @param places places of the members of each group among the columns
     * @param roots U of each group, upper triangular; null if the group is missing
     * @param constants log density of each group at its mean
     * @param means white numbers of the means seen from the only origin, m × k; empty if there are several
     */
    private record Conditionals(
            int[] columns,
            ComponentPrecision precision,
            List<int[]> places,
            List<DMatrixRMaj> roots,
            double[] constants,
            DMatrixRMaj means) {}

    /**
     * Prepares the distributions of complete rows.
     *
     * @param factors factors of the same mixture
     * @param groups columns of each group, ascending, or none; each column is in one group. Not modified.
     * @throws IllegalArgumentException if a covariance is not positive definite
     */
    public ColumnConditionals(MixtureParameters mixture, MixtureFactors factors, int[][] groups) {
        this.mixture = mixture;
        this.groups = groups.clone();
        this.densities = factors.densities();
        boolean together = isTied() && factors.centres().wellConditioned();
        this.origins = together ? factors.centres().origin() : mixture.means();
        this.complete = conditionals(IntStream.range(0, mixture.dimension()).toArray());
    }

    private boolean isTied() {
        return mixture.type() == CovarianceType.TIED;
    }

    private boolean isTogether() {
        return origins != mixture.means();
    }

    private List<Conditionals> conditionals(int[] columns) {
        Conditionals first = conditionals(0, columns);
        return IntStream.range(0, mixture.components())
                .mapToObj(k -> k == 0 || isTied() ? first : conditionals(k, columns))
                .toList();
    }

    private Conditionals conditionals(int component, int[] columns) {
        ComponentPrecision precision = ComponentPrecision.of(mixture, component, columns);
        List<int[]> places = new ArrayList<>();
        List<DMatrixRMaj> roots = new ArrayList<>();
        double[] constants = new double[groups.length];
        for (int c = 0; c < groups.length; c++) {
            int[] own = places(groups[c], columns);
            places.add(own);
            roots.add(own.length == 0 ? null : precision.conditionalRoot(own));
            for (int a = 0; a < own.length; a++) {
                constants[c] -= 0.5 * MixtureFactors.LOG_TWO_PI
                        + StrictMath.log(roots.get(c).get(a, a));
            }
        }
        Conditionals found = new Conditionals(columns, precision, places, roots, constants, new DMatrixRMaj(0, 0));
        if (isTogether()) {
            whiten(mixture.means(), IntStream.range(0, mixture.components()).toArray(), 0, found);
            CommonOps_DDRM.transpose(product, found.means());
        }
        return found;
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
        int length = origins.numRows * block.getNumElements();
        white = white.length < length ? new double[length] : white;
        ofRows.clear();
        ofRows.addAll(Collections.nCopies(block.numRows, complete));
        int[] all = IntStream.range(0, block.numCols).toArray();
        if (packed.isComplete()) {
            whiten(IntStream.range(0, block.numRows).toArray(), complete);
            return;
        }
        MissingCells missing = packed.missing();
        whiten(missing.completeRows(), complete);
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            int[] absent = missing.columns(pattern);
            int[] observed = Arrays.stream(all)
                    .filter(j -> Arrays.stream(absent).noneMatch(i -> i == j))
                    .toArray();
            if (observed.length > 0) {
                int[] some = Arrays.copyOfRange(missing.incompleteRows(), missing.start(pattern), missing.end(pattern));
                whiten(some, conditionals(observed));
            }
        }
    }

    /** Whitens rows whose observed columns are the same. */
    private void whiten(int[] some, List<Conditionals> conditionals) {
        for (int k = 0; k < origins.numRows && some.length > 0; k++) {
            whiten(rows, some, k, conditionals.get(k));
            for (int i = 0; i < some.length; i++) {
                for (int j = 0; j < product.numCols; j++) {
                    white[(some[i] * rows.numCols + j) * origins.numRows + k] = product.get(i, j);
                }
            }
        }
        for (int row : some) {
            ofRows.set(row, conditionals);
        }
    }

    /** Writes the white numbers of some points seen from an origin to the product. */
    private void whiten(DMatrixRMaj points, int[] some, int origin, Conditionals own) {
        int[] columns = own.columns();
        centred.reshape(some.length, columns.length);
        for (int i = 0; i < some.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                centred.unsafe_set(i, j, points.get(some[i], columns[j]) - origins.get(origin, columns[j]));
            }
        }
        own.precision().multiply(centred, products, product);
        for (int c = 0; c < groups.length; c++) {
            int[] places = own.places().get(c);
            for (int i = 0; i < some.length; i++) {
                for (int b = places.length - 1; b >= 0; b--) {
                    double sum = 0;
                    for (int a = 0; a <= b; a++) {
                        sum = Math.fma(own.roots().get(c).get(a, b), product.get(i, places[a]), sum);
                    }
                    product.set(i, places[b], sum);
                }
            }
        }
    }

    /** Returns log π_k p(x | k) of each row, k × n. Not to be modified. */
    public DMatrixRMaj joint() {
        return joint;
    }

    /**
     * Writes the squared Mahalanobis distance of a group from its mean under each component, given the others.
     *
     * @param group a group with an observed cell
     * @param out k numbers. Modified.
     */
    public void squaredDistances(int row, int group, double[] out) {
        Arrays.fill(out, 0);
        Conditionals first = ofRows.get(row).get(0);
        for (int place : first.places().get(group)) {
            for (int k = 0; k < out.length; k++) {
                double number = white(first.means(), k, row, place);
                out[k] += number * number;
            }
        }
    }

    private double white(DMatrixRMaj means, int component, int row, int place) {
        int at = row * rows.numCols + place;
        return isTogether() ? white[at] - means.unsafe_get(place, component) : white[at * origins.numRows + component];
    }

    /** Returns log p(x_c | x_rest, k) of a group with an observed cell if it is at its mean, in nats. */
    public double peak(int component, int row, int group) {
        return ofRows.get(row).get(component).constants()[group];
    }

    /** Returns the mean and the variance that an observed cell has given the cells of other groups. */
    public double[] moments(int component, int row, int group, int column) {
        Conditionals own = ofRows.get(row).get(component);
        int[] places = own.places().get(group);
        DMatrixRMaj root = own.roots().get(group);
        int a = Arrays.binarySearch(places, Arrays.binarySearch(own.columns(), column));
        double[] moments = {rows.get(row, column), 0};
        for (int b = a; b < places.length; b++) {
            moments[0] -= root.get(a, b) * white(own.means(), component, row, places[b]);
            moments[1] += root.get(a, b) * root.get(a, b);
        }
        return moments;
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
