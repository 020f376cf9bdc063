package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The M-step of a linear Gaussian model (Tipping and Bishop 1999, appendix B; Rubin and Thayer 1982 for factor
 * analysis), with expanded parameters (PX-EM: Liu, Rubin and Wu 1998).
 *
 * <p>In the units of the last model, with Δ = (Δ_z, δ) and the means of {@link LinearSums}:
 *
 * <pre>
 *   Δ  = E[(y − V z) (z; 1)ᵀ] E[(z; 1) (z; 1)ᵀ]⁻¹      regression of the errors
 *   q_j = E[(y_j − v_jᵀ z)²] − Δ_j E[(y_j − v_jᵀ z) (z; 1)]
 *   ψ_j ← ψ_j q_j for factor analysis, σ² ← σ² Σ_j q_j / d for probabilistic PCA
 *   m = E[z],  L Lᵀ = E[z zᵀ] − m mᵀ                   the expansion: z ~ N(m, L Lᵀ)
 *   W ← Ψ^½ (V + Δ_z) L,  μ ← μ + Ψ^½ (δ + (V + Δ_z) m)
 * </pre>
 *
 * The expansion costs nothing and saves most rounds: without it, the length of W grows by a small share in each round.
 */
public final class LinearMaximization {
    private LinearMaximization() {}

    /**
     * Returns the next model.
     *
     * @param model model of the E-step
     * @param sums holds the sums of {@link LinearSums} from an entry on. Not modified.
     * @param noise maps the noise variances of greatest likelihood, as many as the model has, to those of the next
     *     model, each above 0
     * @throws DataException if the loadings are linearly dependent to working precision
     */
    public static LinearGaussian of(LinearGaussian model, double[] sums, int from, UnaryOperator<double[]> noise) {
        LinearSums.Means means = LinearSums.means(model, sums, from);
        DMatrixRMaj change = change(means);
        double[] variances = noise.apply(noise(model, means, change));
        DMatrixRMaj white = model.whiteLoadings();
        int d = white.numRows;
        int l = white.numCols;
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < l; i++) {
                white.data[j * l + i] += change.data[j * (l + 1) + i];
            }
        }
        double[] mean = model.mean();
        Optional<Cholesky> spread = Cholesky.of(covariance(means));
        for (int j = 0; j < d; j++) {
            double shift = change.data[j * (l + 1) + l];
            for (int i = 0; i < l && spread.isPresent(); i++) {
                shift += white.data[j * l + i] * means.codes()[i];
            }
            mean[j] += Math.sqrt(model.noise(j)) * shift;
        }
        DMatrixRMaj loadings = white;
        if (spread.isPresent()) {
            loadings = new DMatrixRMaj(d, l);
            new Products().addProduct(white, spread.get().lower(), loadings);
        }
        for (int j = 0; j < d; j++) {
            double deviation = Math.sqrt(model.noise(j));
            for (int i = 0; i < l; i++) {
                loadings.data[j * l + i] *= deviation;
            }
        }
        return checked(mean, loadings, variances);
    }

    /** Returns Δ, d × (l + 1). */
    private static DMatrixRMaj change(LinearSums.Means means) {
        int l = means.codes().length;
        DMatrixRMaj inner = new DMatrixRMaj(l + 1, l + 1);
        CommonOps_DDRM.insert(means.moments(), inner, 0, 0);
        for (int i = 0; i < l; i++) {
            inner.unsafe_set(i, l, means.codes()[i]);
            inner.unsafe_set(l, i, means.codes()[i]);
        }
        inner.unsafe_set(l, l, 1);
        DMatrixRMaj whitening =
                Cholesky.of(inner).orElseThrow(LinearMaximization::singular).whitening();
        Products products = new Products();
        DMatrixRMaj half = new DMatrixRMaj(0, 0);
        products.multiplyUpper(means.products(), whitening, half);
        DMatrixRMaj change = new DMatrixRMaj(half.numRows, l + 1);
        products.addOuter(half, whitening, change);
        return change;
    }

    private static double[] noise(LinearGaussian model, LinearSums.Means means, DMatrixRMaj change) {
        int d = model.dimension();
        double[] factors = new double[d];
        double sum = 0;
        for (int j = 0; j < d; j++) {
            factors[j] = means.squares()[j] - Rows.product(change, means.products(), j);
            sum += factors[j];
        }
        double[] noise = model.noise();
        for (int j = 0; j < noise.length; j++) {
            noise[j] *= model.isIsotropic() ? sum / d : factors[j];
        }
        return noise;
    }

    private static DMatrixRMaj covariance(LinearSums.Means means) {
        int l = means.codes().length;
        DMatrixRMaj covariance = means.moments().copy();
        for (int i = 0; i < l; i++) {
            for (int k = 0; k < l; k++) {
                covariance.data[i * l + k] -= means.codes()[i] * means.codes()[k];
            }
        }
        return covariance;
    }

    /**
     * Creates the next model. If a latent variable is of no use, its loadings become a multiple of those of another
     * one, up to rounding. A rotation separates them.
     */
    private static LinearGaussian checked(double[] mean, DMatrixRMaj loadings, double[] noise) {
        try {
            return new LinearGaussian(mean, loadings, noise);
        } catch (IllegalArgumentException dependent) {
            try {
                return LinearGaussian.canonical(mean, loadings, noise);
            } catch (IllegalArgumentException e) {
                throw singular();
            }
        }
    }

    private static DataException singular() {
        return new DataException("EM reached loadings that are linearly dependent to working precision: use fewer"
                + " latent variables, a greater regularization, or columns of similar scale");
    }
}
