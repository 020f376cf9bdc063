package io.github.sparklatent.mixture.gaussian;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearGaussian;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The parameters of a Gaussian mixture. Immutable: arguments are copied, and returned matrices must not be modified.
 */
public final class MixtureParameters implements Serializable {
    private static final double WEIGHTS_SUM_TO_ONE = 1e-9;

    private final CovarianceType type;
    private final double[] weights;
    private final DMatrixRMaj means;
    private final List<DMatrixRMaj> covariances;

    private MixtureParameters(CovarianceType type, double[] weights, DMatrixRMaj means, List<DMatrixRMaj> covariances) {
        this.type = type;
        this.weights = weights;
        this.means = means;
        this.covariances = covariances;
    }

    /**
     * Creates a mixture of k components in d dimensions.
     *
     * @param weights k numbers, not negative, of sum 1. Not modified.
     * @param means k × d. Not modified.
     * @param covariances full: k matrices d × d; tied: one, d × d; diagonal: one, k × d, of variances; spherical: one,
     *     k × 1, of variances; factor, ppca: k matrices d × (l + 1), the loadings and, in the last column, the noise
     *     variances, which are all equal if ppca. Not modified.
     * @throws IllegalArgumentException if a shape is wrong, the weights are negative or do not sum to 1, or a number is
     *     not finite
     */
    @JsonCreator
    public static MixtureParameters of(
            @JsonProperty("type") CovarianceType type,
            @JsonProperty("weights") double[] weights,
            @JsonProperty("means") DMatrixRMaj means,
            @JsonProperty("covariances") List<DMatrixRMaj> covariances) {
        int k = weights.length;
        int d = means.numCols;
        Require.that(k >= 1 && d >= 1, "mixture has %d components of %d dimensions, expected at least 1 of each", k, d);
        Require.that(means.numRows == k, "mixture has %d means, expected %d (one for each weight)", means.numRows, k);
        Require.that(
                covariances.size() == type.matrices(k),
                "%s mixture has %d covariance matrices, expected %d",
                type,
                covariances.size(),
                type.matrices(k));
        requireWeights(weights);
        requireFinite(means, "means");
        int factors = type.isFactored() ? covariances.get(0).numCols - 1 : 0;
        for (DMatrixRMaj matrix : covariances) {
            Require.that(
                    matrix.numRows == type.rows(k, d) && matrix.numCols == type.columns(d, factors),
                    "%s covariance matrix is %d x %d, expected %d x %d",
                    type,
                    matrix.numRows,
                    matrix.numCols,
                    type.rows(k, d),
                    type.columns(d, factors));
            requireFinite(matrix, "covariances");
        }
        MixtureParameters mixture = new MixtureParameters(
                type,
                weights.clone(),
                means.copy(),
                covariances.stream().map(DMatrixRMaj::copy).toList());
        for (int i = 0; type.isFactored() && i < k; i++) {
            LinearGaussian component = mixture.linear(i); // checks the loadings and the noise
            for (int j = 0; j < d; j++) {
                double noise = covariances.get(i).get(j, factors);
                if (noise != component.noise(j)) {
                    Require.that(
                            false,
                            "the ppca noise variances of component %d are %s and %s, expected equal" + " numbers",
                            i,
                            component.noise(j),
                            noise);
                }
            }
        }
        return mixture;
    }

    /**
     * Creates a mixture of linear Gaussian models.
     *
     * @param type factor or ppca
     * @param weights as for {@link #of}. Not modified.
     * @param models a model for each component, with the same number of latent variables
     */
    public static MixtureParameters of(CovarianceType type, double[] weights, List<LinearGaussian> models) {
        DMatrixRMaj means =
                new DMatrixRMaj(models.stream().map(LinearGaussian::mean).toArray(double[][]::new));
        return of(
                type,
                weights,
                means,
                models.stream().map(MixtureParameters::packed).toList());
    }

    /**
     * Creates a mixture of components.
     *
     * @param weights as for {@link #of}. Not modified.
     * @param components mixtures of one component, of the same type; if it is tied, with the same covariance
     */
    public static MixtureParameters of(double[] weights, List<MixtureParameters> components) {
        CovarianceType type = components.get(0).type;
        List<DMatrixRMaj> covariances =
                components.stream().map(each -> each.covariances.get(0)).toList();
        return of(
                type,
                weights,
                stacked(components.stream().map(MixtureParameters::means).toList()),
                type.isSquare() || type.isFactored()
                        ? covariances.subList(0, type.matrices(weights.length))
                        : List.of(stacked(covariances)));
    }

    private static DMatrixRMaj stacked(List<DMatrixRMaj> rows) {
        return CommonOps_DDRM.concatRowsMulti(rows.toArray(DMatrixRMaj[]::new));
    }

    /**
     * Returns a mixture of one component.
     *
     * @param mean d numbers. Not modified.
     * @param covariance in the form of {@link #of} for one component. Not modified.
     */
    public static MixtureParameters component(CovarianceType type, double[] mean, DMatrixRMaj covariance) {
        return of(type, new double[] {1}, DMatrixRMaj.wrap(1, mean.length, mean), List.of(covariance));
    }

    /** Returns one component as a mixture of its own. */
    public MixtureParameters component(int k) {
        boolean isRow = !type.isSquare() && !type.isFactored();
        DMatrixRMaj covariance = covariances.get(Math.min(k, covariances.size() - 1));
        return component(type, Rows.row(means, k), isRow ? CommonOps_DDRM.extractRow(covariance, k, null) : covariance);
    }

    /** Returns loadings and noise variances side by side, d × (l + 1). */
    private static DMatrixRMaj packed(LinearGaussian model) {
        int l = model.latent();
        DMatrixRMaj packed = new DMatrixRMaj(model.dimension(), l + 1);
        CommonOps_DDRM.insert(model.loadings(), packed, 0, 0);
        for (int j = 0; j < packed.numRows; j++) {
            packed.set(j, l, model.noise(j));
        }
        return packed;
    }

    /** Returns a linear Gaussian model as a mixture of one component. */
    public static MixtureParameters of(LinearGaussian model) {
        CovarianceType type = model.isIsotropic() ? CovarianceType.PPCA : CovarianceType.FACTOR;
        return of(type, new double[] {1}, List.of(model));
    }

    /**
     * Requires the weights of a mixture.
     *
     * @throws IllegalArgumentException if they are negative or do not sum to 1
     */
    public static void requireWeights(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            Require.that(weight >= 0, "mixture has a weight of %s, expected a number not below 0", weight);
            sum += weight;
        }
        Require.that(Math.abs(sum - 1) <= WEIGHTS_SUM_TO_ONE, "the mixture's weights sum to %s, expected 1", sum);
    }

    private static void requireFinite(DMatrixRMaj matrix, String what) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            // Checked first to avoid boxing every entry: there may be millions.
            if (!Double.isFinite(matrix.data[i])) {
                Require.that(false, "the mixture's %s hold %s, expected finite numbers", what, matrix.data[i]);
            }
        }
    }

    public CovarianceType type() {
        return type;
    }

    public int components() {
        return weights.length;
    }

    public int dimension() {
        return means.numCols;
    }

    public double weight(int component) {
        return weights[component];
    }

    /** Returns the weights π, k numbers; a copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** Returns the means μ, k × d. Not to be modified. */
    public DMatrixRMaj means() {
        return means;
    }

    /** Returns the covariances in the form of {@link #of}. Not to be modified. */
    public List<DMatrixRMaj> covariances() {
        return covariances;
    }

    /** Returns the number of columns l of the loadings; 0 unless covariances are factored. */
    public int factors() {
        return type.isFactored() ? covariances.get(0).numCols - 1 : 0;
    }

    /** Returns a component with a factored covariance as a model of its own. */
    public LinearGaussian linear(int component) {
        return linear(type, means, component, covariances.get(component));
    }

    static LinearGaussian linear(CovarianceType type, DMatrixRMaj means, int component, DMatrixRMaj packed) {
        int d = means.numCols;
        int l = packed.numCols - 1;
        double[] noise = new double[type == CovarianceType.PPCA ? 1 : d];
        Arrays.setAll(noise, j -> packed.get(j, l));
        return new LinearGaussian(
                Arrays.copyOfRange(means.data, component * d, (component + 1) * d),
                CommonOps_DDRM.extract(packed, 0, d, 0, l),
                noise);
    }

    /**
     * Returns the same mixture without loadings: diagonal or spherical, with the variances of the noise. A mixture
     * whose covariances are not factored is returned as it is.
     */
    public MixtureParameters noise() {
        if (!type.isFactored()) {
            return this;
        }
        CovarianceType of = type.ofNoise();
        DMatrixRMaj variances = new DMatrixRMaj(components(), of.columns(dimension(), 0));
        for (int k = 0; k < components(); k++) {
            for (int j = 0; j < variances.numCols; j++) {
                variances.set(k, j, covariances.get(k).get(j, factors()));
            }
        }
        return new MixtureParameters(of, weights, means, List.of(variances));
    }

    public double variance(int component, int column) {
        return switch (type) {
            case FULL -> covariances.get(component).get(column, column);
            case TIED -> covariances.get(0).get(column, column);
            case DIAGONAL -> covariances.get(0).get(component, column);
            case SPHERICAL -> covariances.get(0).get(component, 0);
            case FACTOR, PPCA -> {
                DMatrixRMaj packed = covariances.get(component);
                double sum = packed.get(column, factors());
                for (int i = 0; i < factors(); i++) {
                    sum = Math.fma(packed.get(column, i), packed.get(column, i), sum);
                }
                yield sum;
            }
        };
    }

    /** Returns Σ_k as a new d × d matrix, for any type of covariance. */
    public DMatrixRMaj covariance(int component) {
        if (type.isSquare()) {
            return covariances.get(type == CovarianceType.FULL ? component : 0).copy();
        }
        if (type.isFactored()) {
            DMatrixRMaj loadings = linear(component).loadings();
            DMatrixRMaj covariance = new DMatrixRMaj(dimension(), dimension());
            CommonOps_DDRM.multTransB(loadings, loadings, covariance);
            for (int j = 0; j < dimension(); j++) {
                covariance.add(j, j, covariances.get(component).get(j, factors()));
            }
            return covariance;
        }
        double[] diagonal = new double[dimension()];
        Arrays.setAll(diagonal, j -> variance(component, j));
        return CommonOps_DDRM.diag(diagonal);
    }

    /** Returns the number of free parameters: k − 1 weights, k d means and the parameters of the covariances. */
    public long freeParameters() {
        return freeParameters(components());
    }

    /** Returns the number of free parameters of k of the components. */
    public long freeParameters(int k) {
        return k - 1L + (long) k * dimension() + type.freeParameters(k, dimension(), factors());
    }
}
