package io.github.sparklatent.gmm.model;

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
 * The points that densities and statistics are centred at.
 *
 * <p>Sums over many components at once are single matrix products when they are taken around one
 * common origin and shifted to each component's centre afterwards. The shift cancels: with δ_k =
 * μ_k − origin and Q_k the inverse of Σ_k, a term of a squared distance or of a variance in units
 * of itself is as large as
 *
 * <pre>
 *   λ_k = max_j q_kjj (σ_kjj + δ_kj²)          full
 *   λ_k = max_j q_kjj δ_kj²                    diagonal, spherical
 *   λ_k = δ_kᵀ Q δ_k                           tied
 * </pre>
 *
 * since |q_kij| is at most the root of q_kii q_kjj: λ_k of the precision is lost. So the common
 * origin is used only for components whose λ_k is small; the others are centred at their own mean,
 * which is slower and always exact. What a component loses counts in the mean log-likelihood with
 * its weight π_k, so Σ_k π_k λ_k over those near the origin is what may not be large, the least of
 * them first: one that has hardly any rows is nearly singular for a while in many a fit, and to
 * centre it costs a pass of its own over the rows, while the others' products would take it along.
 * Its own parameters lose λ_k whatever its weight, so that has a bound too. A tied covariance is
 * all components' own, so all of them are near the origin or none.
 *
 * @param means k × d. Not to be modified.
 * @param origin 1 × d, the weighted mean of the means. Not to be modified.
 * @param near for each component, whether the common origin may be used. Not to be modified.
 */
public record Centres(DMatrixRMaj means, DMatrixRMaj origin, boolean[] near)
        implements Serializable {
    /**
     * The factor of precision that the mean log-likelihood may lose: 10⁴ of 10¹⁶ leaves twelve
     * digits.
     */
    private static final double GREATEST_LOSS = 1e4;

    /**
     * The factor that a component's own parameters may lose: nine digits are left, far more than
     * the rows of so light a component tell.
     */
    private static final double GREATEST_LOSS_OF_ONE = 1e7;

    /**
     * So that its products with squares of rows within {@link Monomials#GREATEST_REACH} stay
     * finite.
     */
    private static final double GREATEST_PRECISION = 1e100;

    /** Columns up to which full covariances are worth the monomials of the rows. */
    private static final int GREATEST_DIMENSION = 1000;

    /**
     * @param mixture gives means, weights and full covariances
     * @param factors full, tied: U; diagonal, spherical: one k × d matrix of precisions
     */
    static Centres of(Mixture mixture, List<DMatrixRMaj> factors) {
        DMatrixRMaj origin = new DMatrixRMaj(1, mixture.dimension());
        new Products()
                .addProduct(
                        new DMatrixRMaj(1, mixture.components(), true, mixture.weights()),
                        mixture.means(),
                        origin);
        DMatrixRMaj shifted = new DMatrixRMaj(0, 0);
        Rows.subtract(mixture.means(), origin, 0, shifted);
        double[] losses = losses(mixture, factors, shifted);
        boolean[] near = near(mixture.weights(), losses, mixture.type() == CovarianceType.TIED);
        Centres centres = new Centres(mixture.means(), origin, near);
        boolean few =
                mixture.type() == CovarianceType.FULL
                        && centres.components(true).length < fewest(mixture.dimension());
        return few ? centres.with(false) : centres;
    }

    private static double[] losses(
            Mixture mixture, List<DMatrixRMaj> factors, DMatrixRMaj shifted) {
        double[] losses = new double[mixture.components()];
        switch (mixture.type()) {
            case FULL ->
                    Arrays.setAll(
                            losses,
                            k -> full(mixture.covariances().get(k), factors.get(k), shifted, k));
            case TIED -> {
                DMatrixRMaj whitened = new DMatrixRMaj(0, 0);
                new Products().multiplyUpper(shifted, factors.get(0), whitened);
                Arrays.setAll(losses, k -> Rows.squaredNorm(whitened, k));
            }
            case DIAGONAL, SPHERICAL ->
                    Arrays.setAll(losses, k -> diagonal(factors.get(0), shifted, k));
        }
        return losses;
    }

    /**
     * Which components may be served from the origin; a loss that is no number is too large.
     *
     * @param together whether all or none
     */
    private static boolean[] near(double[] weights, double[] losses, boolean together) {
        boolean[] near = new boolean[losses.length];
        int[] ascending =
                IntStream.range(0, losses.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> weights[k] * losses[k]))
                        .mapToInt(k -> k)
                        .toArray();
        double sum = 0;
        for (int k : ascending) {
            double more = sum + weights[k] * losses[k];
            near[k] = more <= GREATEST_LOSS && losses[k] <= GREATEST_LOSS_OF_ONE;
            sum = near[k] ? more : sum;
        }
        boolean all = IntStream.range(0, near.length).allMatch(k -> near[k]);
        return together && !all ? new boolean[near.length] : near;
    }

    /**
     * So many full covariances are worth the monomials of the rows, which cost nearly the same for
     * one as for eight. Both steps, nanoseconds a row on a busy machine, for up to eight components
     * by monomials and for each one centred: d = 8: 82 and 34, d = 32: 620 and 190, d = 64: 2200
     * and 390, d = 128: 8400 and 1200, d = 300: 57000 and 7500. Further out the coefficients of a
     * block's few rows come from memory.
     */
    private static int fewest(int dimension) {
        if (dimension > GREATEST_DIMENSION) {
            return Integer.MAX_VALUE;
        }
        if (dimension <= 64) {
            return dimension <= 32 ? 3 : 6;
        }
        return dimension <= 200 ? 8 : 12;
    }

    /** Centres of components whose covariances are not known yet. */
    public static Centres around(DMatrixRMaj means) {
        return new Centres(means, new DMatrixRMaj(1, means.numCols), new boolean[means.numRows]);
    }

    /** The same points, all components near the origin or none. */
    public Centres with(boolean value) {
        boolean[] all = new boolean[near.length];
        Arrays.fill(all, value);
        return new Centres(means, origin, all);
    }

    /** Whether the common origin may be used for all components. */
    public boolean wellConditioned() {
        return components(false).length == 0;
    }

    /** Indices of all components. */
    public int[] components() {
        return IntStream.range(0, near.length).toArray();
    }

    /** Indices of the components that are near the origin, or of those that are not. */
    public int[] components(boolean value) {
        return IntStream.range(0, near.length).filter(k -> near[k] == value).toArray();
    }

    /** δ_kj = μ_kj − origin_j. */
    public double shift(int component, int column) {
        return means.data[component * means.numCols + column] - origin.data[column];
    }

    /** Whether a row is at most so far from the origin in each column; a NaN is not. */
    boolean reaches(DMatrixRMaj x, int row, double reach) {
        int d = origin.numCols;
        for (int j = 0; j < d; j++) {
            if (!(Math.abs(x.data[row * d + j] - origin.data[j]) <= reach)) {
                return false;
            }
        }
        return true;
    }

    /** With Q = U Uᵀ, q_jj is the squared norm of the j-th row of U. */
    private static double full(
            DMatrixRMaj covariance, DMatrixRMaj whitening, DMatrixRMaj shifted, int component) {
        int d = covariance.numRows;
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double shift = shifted.get(component, j);
            double moment = covariance.get(j, j) + shift * shift;
            double precision = Rows.squaredNorm(whitening, j);
            if (precision > GREATEST_PRECISION) {
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
            greatest =
                    precision > GREATEST_PRECISION
                            ? Double.POSITIVE_INFINITY
                            : Math.max(greatest, shift * shift * precision);
        }
        return greatest;
    }
}
