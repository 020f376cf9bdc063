package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The points that densities and statistics are centred at.
 *
 * <p>Sums over all components at once are single matrix products when they are taken around one
 * common origin and shifted to each component's centre afterwards. The shift cancels: it loses a
 * factor of about |μ_k − origin|² / σ_k² of the precision. So the common origin is used only while
 * that factor is small; otherwise each component is centred at its own mean, which is slower and
 * always exact.
 *
 * @param means k × d. Not to be modified.
 * @param origin 1 × d, the weighted mean of the means. Not to be modified.
 * @param wellConditioned whether the common origin may be used
 */
record Centres(DMatrixRMaj means, DMatrixRMaj origin, boolean wellConditioned)
        implements Serializable {
    /** The factor of precision that may be lost: 10⁴ of 10¹⁶ leaves twelve digits. */
    private static final double GREATEST_LOSS = 1e4;

    /**
     * @param mixture gives means and weights
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
        double loss =
                switch (mixture.type()) {
                    case FULL -> Double.POSITIVE_INFINITY;
                    case TIED -> greatestSquaredNorm(shifted, factors.get(0));
                    case DIAGONAL, SPHERICAL -> greatestTerm(shifted, factors.get(0));
                };
        return new Centres(mixture.means(), origin, loss <= GREATEST_LOSS);
    }

    /** Centres of components whose covariances are not known yet. */
    static Centres around(DMatrixRMaj means) {
        return new Centres(means, new DMatrixRMaj(1, means.numCols), false);
    }

    private static double greatestSquaredNorm(DMatrixRMaj shifted, DMatrixRMaj whitening) {
        DMatrixRMaj whitened = new DMatrixRMaj(0, 0);
        new Products().multiplyUpper(shifted, whitening, whitened);
        double greatest = 0;
        for (int k = 0; k < whitened.numRows; k++) {
            greatest = Math.max(greatest, Rows.squaredNorm(whitened, k));
        }
        return greatest;
    }

    private static double greatestTerm(DMatrixRMaj shifted, DMatrixRMaj precisions) {
        double greatest = 0;
        for (int i = 0; i < shifted.getNumElements(); i++) {
            greatest = Math.max(greatest, shifted.data[i] * shifted.data[i] * precisions.data[i]);
        }
        return greatest;
    }
}
