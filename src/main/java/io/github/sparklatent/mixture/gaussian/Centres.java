package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Monomials;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The points around which densities and statistics are computed. For a component, this point is either an origin that
 * many components have in common, or the component's own mean.
 *
 * <p>Around a common origin, one matrix product computes the sums of many components. Afterwards, the sums of each
 * component are shifted to its mean. This shift loses digits by cancellation. With δ_k = μ_k − origin and Q_k the
 * inverse of Σ_k, the terms of a squared distance, and of a variance in units of itself, are up to
 *
 * <pre>
 *   λ_k = (Σ_j √(q_kjj (σ_kjj + δ_kj²)))² / d  full, tied
 *   λ_k = max_j q_kjj δ_kj²                    diagonal, spherical
 * </pre>
 *
 * times the result, because |q_kij| is at most the root of q_kii q_kjj. The squared distance δ_kᵀ Q_k δ_k itself may be
 * much smaller: if δ_k lies in a direction of large variance, the terms of the sum are large and cancel, and the shift
 * rounds them in the direction of small variance. The relative precision falls by this factor λ_k. So only components
 * with a small λ_k use the common origin ("near" components). The others ("far") are centred at their own mean, which
 * is slower but always exact.
 *
 * <p>The error of a component enters the mean log-likelihood with its weight π_k. So components become near in
 * ascending order of π_k λ_k, as long as Σ_k π_k λ_k over the near components is below a bound. A component with hardly
 * any rows often has a nearly singular covariance for some rounds. To centre it would cost a traversal of the rows for
 * this component alone; because its weight π_k is small, it can stay near. The parameters of a component lose the
 * factor λ_k of precision whatever its weight is, so λ_k has a bound too. All components have the same tied covariance,
 * so with it all of them are near or none is.
 *
 * @param means k × d. Not to be modified.
 * @param origin 1 × d, the weighted mean of the means. Not to be modified.
 * @param near k entries: whether the component may use the common origin. Not to be modified.
 */
public record Centres(DMatrixRMaj means, DMatrixRMaj origin, boolean[] near) implements Serializable {
    /** Bound of Σ_k π_k λ_k. A factor of 10⁴ leaves twelve of sixteen digits of the mean log-likelihood. */
    private static final double MAX_LOSS = 1e4;

    /** Bound of a tied covariance, where centring costs d times the work; ten digits are left. */
    private static final double MAX_TIED_LOSS = 1e6;

    /**
     * Bound of λ_k of one component. Its parameters then keep nine digits, far more than can be learnt from its few
     * rows.
     */
    private static final double MAX_COMPONENT_LOSS = 1e7;

    /**
     * Largest entry of a precision matrix for which products with squares of rows within {@link Monomials#MAX_REACH}
     * stay finite.
     */
    private static final double MAX_PRECISION = 1e100;

    /** Largest number of columns for which monomials of the rows are used with full covariances. */
    private static final int MAX_DIMENSION = 1000;

    /**
     * Chooses the components that use the common origin.
     *
     * @param mixture the mixture, which gives means, weights and covariances
     * @param factors full, tied: the d × d factors U of the inverse covariances Q = U Uᵀ; diagonal, spherical: one k ×
     *     d matrix of precisions; factored: not used, since no component uses the common origin
     */
    static Centres of(MixtureParameters mixture, List<DMatrixRMaj> factors) {
        DMatrixRMaj origin = new DMatrixRMaj(1, mixture.dimension());
        new Products()
                .addProduct(new DMatrixRMaj(1, mixture.components(), true, mixture.weights()), mixture.means(), origin);
        DMatrixRMaj shifted = new DMatrixRMaj(0, 0);
        Rows.subtract(mixture.means(), origin, 0, shifted);
        double[] losses = losses(mixture, factors, shifted);
        boolean[] near = near(mixture.weights(), losses, mixture.type() == CovarianceType.TIED);
        Centres centres = new Centres(mixture.means(), origin, near);
        boolean few =
                mixture.type() == CovarianceType.FULL && centres.components(true).length < fewest(mixture.dimension());
        return few ? centres.with(false) : centres;
    }

    /**
     * Returns whether the covariance of each component is so well conditioned that λ_k is small around its own mean.
     *
     * @param factors as for {@link #of}. Not modified.
     */
    static boolean[] wellConditioned(MixtureParameters mixture, List<DMatrixRMaj> factors) {
        double[] losses = losses(mixture, factors, new DMatrixRMaj(mixture.components(), mixture.dimension()));
        boolean[] wellConditioned = new boolean[losses.length];
        for (int k = 0; k < losses.length; k++) {
            wellConditioned[k] = losses[k] <= MAX_LOSS;
        }
        return wellConditioned;
    }

    private static double[] losses(MixtureParameters mixture, List<DMatrixRMaj> factors, DMatrixRMaj shifted) {
        double[] losses = new double[mixture.components()];
        switch (mixture.type()) {
            case FULL -> Arrays.setAll(losses, k -> full(mixture.covariances().get(k), factors.get(k), shifted, k));
            case TIED -> Arrays.setAll(losses, k -> full(mixture.covariances().get(0), factors.get(0), shifted, k));
            case DIAGONAL, SPHERICAL -> Arrays.setAll(losses, k -> diagonal(factors.get(0), shifted, k));
            case FACTOR, PPCA -> Arrays.fill(losses, Double.POSITIVE_INFINITY);
        }
        return losses;
    }

    /**
     * Decides which components use the common origin. A λ_k that is NaN counts as too large.
     *
     * @param weights weights π, k numbers
     * @param losses λ, k numbers: the factor of precision that each component would lose
     * @param together whether the decision must be the same for all components
     * @return for each component, whether it uses the common origin
     */
    private static boolean[] near(double[] weights, double[] losses, boolean together) {
        boolean[] near = new boolean[losses.length];
        int[] ascending = IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> weights[k] * losses[k]))
                .mapToInt(k -> k)
                .toArray();
        double most = together ? MAX_TIED_LOSS : MAX_LOSS;
        double sum = 0;
        for (int k : ascending) {
            double more = sum + weights[k] * losses[k];
            near[k] = more <= most && losses[k] <= MAX_COMPONENT_LOSS;
            sum = near[k] ? more : sum;
        }
        boolean all = IntStream.range(0, near.length).allMatch(k -> near[k]);
        return together && !all ? new boolean[near.length] : near;
    }

    /**
     * Returns the smallest number of full covariances for which monomials are faster than centring. Monomials cost
     * nearly the same for one component as for eight. Measured times in nanoseconds per row for both steps of EM; the
     * first is for up to eight components together by monomials, the second for each single component by centring: d =
     * 8: 82 and 34, d = 32: 620 and 190, d = 64: 2200 and 390, d = 128: 8400 and 1200, d = 300: 57000 and 7500. With
     * more than 1000 columns, the coefficients no longer stay in the cache for the few rows of a block.
     */
    private static int fewest(int dimension) {
        if (dimension > MAX_DIMENSION) {
            return Integer.MAX_VALUE;
        }
        if (dimension <= 64) {
            return dimension <= 32 ? 3 : 6;
        }
        return dimension <= 200 ? 8 : 12;
    }

    /** Returns centres for components whose covariances are not known yet; none uses the common origin. */
    public static Centres around(DMatrixRMaj means) {
        return new Centres(means, new DMatrixRMaj(1, means.numCols), new boolean[means.numRows]);
    }

    /** Returns a copy in which all components may use the common origin (true) or none may (false). */
    public Centres with(boolean value) {
        boolean[] all = new boolean[near.length];
        Arrays.fill(all, value);
        return new Centres(means, origin, all);
    }

    /** Returns whether all components may use the common origin. */
    public boolean wellConditioned() {
        return components(false).length == 0;
    }

    public int[] components() {
        return IntStream.range(0, near.length).toArray();
    }

    /** Returns the indices of the near components (true) or of the far components (false), ascending. */
    public int[] components(boolean value) {
        return IntStream.range(0, near.length).filter(k -> near[k] == value).toArray();
    }

    /** Returns δ_kj = μ_kj − origin_j. */
    public double shift(int component, int column) {
        return means.data[component * means.numCols + column] - origin.data[column];
    }

    /**
     * Returns whether |x_j − origin_j| of a row x is at most {@code reach} in every column j; false if a number is NaN.
     */
    boolean reaches(DMatrixRMaj x, int row, double reach) {
        int d = origin.numCols;
        for (int j = 0; j < d; j++) {
            if (!(Math.abs(x.data[row * d + j] - origin.data[j]) <= reach)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the number used as λ_k of a full or tied covariance: (Σ_j √(q_jj (σ_jj + δ_j²)))² / d, or +∞ if a q_jj is
     * too large. With Q = U Uᵀ, q_jj is the squared norm of row j of U.
     */
    private static double full(DMatrixRMaj covariance, DMatrixRMaj whitening, DMatrixRMaj shifted, int component) {
        int d = covariance.numRows;
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double shift = shifted.get(component, j);
            double moment = covariance.get(j, j) + shift * shift;
            double precision = Rows.squaredNorm(whitening, j);
            if (precision > MAX_PRECISION) {
                return Double.POSITIVE_INFINITY;
            }
            sum += Math.sqrt(precision * moment);
        }
        return sum * sum / d;
    }

    private static double diagonal(DMatrixRMaj precisions, DMatrixRMaj shifted, int component) {
        double greatest = 0;
        for (int j = 0; j < shifted.numCols; j++) {
            double shift = shifted.get(component, j);
            double precision = precisions.get(component, j);
            greatest = precision > MAX_PRECISION
                    ? Double.POSITIVE_INFINITY
                    : Math.max(greatest, shift * shift * precision);
        }
        return greatest;
    }
}
