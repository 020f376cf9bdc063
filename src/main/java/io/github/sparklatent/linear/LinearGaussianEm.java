package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Expectation-maximisation of a linear Gaussian model with lower bounds of the noise variances, see
 * {@link LinearMaximization}.
 */
final class LinearGaussianEm implements ExpectationMaximization<LinearGaussian> {
    /** Lower bounds of the noise variances: one, or one of each column. */
    private final double[] bounds;

    private final int latent;

    /**
     * Creates the problem.
     *
     * @param latent number of latent variables
     * @param bounds lower bounds of the noise variances: one of each column, or one number if all columns have the same
     *     noise variance. Not modified.
     */
    LinearGaussianEm(int latent, double[] bounds) {
        this.latent = latent;
        this.bounds = bounds.clone();
    }

    @Override
    public String description() {
        return "%s L=%d".formatted(bounds.length == 1 ? "PPCA" : "factor analysis", latent);
    }

    @Override
    public Expectation expectation(LinearGaussian model) {
        return new Sums(model);
    }

    @Override
    public Update<LinearGaussian> update(LinearGaussian model, double[] sums, RowBlocks data, int reinitialized) {
        return new Update<>(LinearMaximization.of(model, sums, 0, this::bounded), 0, List.of());
    }

    private double[] bounded(double[] noise) {
        for (int j = 0; j < noise.length; j++) {
            noise[j] = Math.max(bounds[j], noise[j]);
            if (!(noise[j] > 0)) {
                throw new DataException(
                        "the noise variance%s has become 0, because the latent variables reproduce it: use a regularization above 0%s"
                                .formatted(
                                        noise.length == 1 ? "" : " of column %d of the features".formatted(j),
                                        noise.length == 1 ? "" : " or leave the column out"));
            }
        }
        return noise;
    }

    @Override
    public Optional<Coordinates<LinearGaussian>> coordinates(LinearGaussian reference) {
        return Optional.of(new LinearCoordinates(reference, bounds));
    }

    private record Sums(LinearGaussian model) implements Expectation {
        @Override
        public int length() {
            return LinearSums.length(model.dimension(), model.latent());
        }

        @Override
        public Accumulator accumulator() {
            return new LinearSums(model);
        }
    }

    /**
     * Coordinates of linear Gaussian models around a reference model with noise variances ψ⁰.
     *
     * <pre>
     *   loadings and means     w_ji / √ψ⁰_j,  μ_j / √ψ⁰_j
     *   noise variances        ψ_j / (√2 ψ⁰_j), or √(d / 2) σ² / σ⁰² if there is one
     * </pre>
     *
     * Squared lengths are those of the information of rows together with their latent variables. They do not change
     * with the units of the columns.
     */
    private record LinearCoordinates(LinearGaussian reference, double[] bounds) implements Coordinates<LinearGaussian> {
        /**
         * The least share of the EM update's noise variance that an extrapolated model has. The likelihood has no bound
         * as a variance falls.
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
}
