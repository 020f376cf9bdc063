package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;
import java.util.Optional;

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
}
