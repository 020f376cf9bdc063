package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.Coordinates;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Coordinates of linear Gaussian models around a reference model with noise variances ψ⁰.
 *
 * <pre>
 *   loadings and means     w_ji / √ψ⁰_j,  μ_j / √ψ⁰_j
 *   noise variances        ψ_j / (√2 ψ⁰_j), or √(d / 2) σ² / σ⁰² if there is one
 * </pre>
 *
 * Squared lengths are those of the information of rows together with their latent variables. They do not change with
 * the units of the columns.
 *
 * @param bounds lower bounds of the noise variances, as many as the model has. Not to be modified.
 */
public record LinearCoordinates(LinearGaussian reference, double[] bounds) implements Coordinates<LinearGaussian> {
    /**
     * The least share of the EM update's noise variance that an extrapolated model has. The likelihood has no bound as
     * a variance falls.
     */
    private static final double MIN_SHARE = 0.25;

    private double unit(int noise) {
        double count = reference.isIsotropic() ? reference.dimension() : 1;
        return Math.sqrt(2 / count) * reference.noise(noise);
    }

    @Override
    public double[] of(LinearGaussian model) {
        int d = model.dimension();
        int l = model.latent();
        double[] noise = model.noise();
        double[] mean = model.mean();
        double[] point = new double[d * (l + 1) + noise.length];
        DMatrixRMaj loadings = model.loadings();
        for (int j = 0; j < d; j++) {
            double deviation = Math.sqrt(reference.noise(j));
            for (int i = 0; i < l; i++) {
                point[j * (l + 1) + i] = loadings.data[j * l + i] / deviation;
            }
            point[j * (l + 1) + l] = (mean[j] - reference.mean(j)) / deviation;
        }
        for (int j = 0; j < noise.length; j++) {
            point[d * (l + 1) + j] = noise[j] / unit(j);
        }
        return point;
    }

    @Override
    public Optional<LinearGaussian> at(double[] point, LinearGaussian plain) {
        int d = plain.dimension();
        int l = plain.latent();
        double[] mean = new double[d];
        DMatrixRMaj loadings = new DMatrixRMaj(d, l);
        for (int j = 0; j < d; j++) {
            double deviation = Math.sqrt(reference.noise(j));
            for (int i = 0; i < l; i++) {
                loadings.data[j * l + i] = point[j * (l + 1) + i] * deviation;
            }
            mean[j] = reference.mean(j) + point[j * (l + 1) + l] * deviation;
        }
        double[] noise = new double[bounds.length];
        for (int j = 0; j < noise.length; j++) {
            noise[j] = Math.max(bounds[j], point[d * (l + 1) + j] * unit(j));
            if (!(noise[j] >= MIN_SHARE * plain.noise(j))) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new LinearGaussian(mean, loadings, noise));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the extrapolation is not in the range of numbers
        }
    }
}
