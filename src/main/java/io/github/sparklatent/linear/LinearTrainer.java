package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Fits a linear Gaussian model, in closed form or by EM. */
public final class LinearTrainer {
    /**
     * Greatest number of columns of the closed form. The covariance of 10,000 columns takes 0.8 GB in each task and on
     * the driver.
     */
    public static final int MAX_COLUMNS = 10_000;

    private LinearTrainer() {}

    /**
     * Fits a model.
     *
     * @param data the rows
     * @param from state to resume EM from; null to start
     * @param listener receives the rounds of EM
     * @throws DataException if there are too many columns, if the rows do not vary, or if they have no finite
     *     covariance
     * @throws OptionsException if there are not more columns than latent variables
     */
    public static LinearFit fit(
            RowBlocks data, LinearOptions options, EmState<LinearGaussian> from, EmListener<LinearGaussian> listener) {
        requireColumns(data.width(), options);
        if (!options.fit().hasRounds()) {
            return ClosedForm.fit(data, options);
        }
        LinearStart start = LinearStart.of(data);
        double[] bounds = start.bounds(options);
        EmResult<LinearGaussian> result = EmLoop.run(
                new LinearGaussianEm(options.latent(), bounds),
                data,
                from == null ? EmState.start(start.model(options, bounds)) : from,
                options.stopping(),
                listener);
        LinearGaussian model = result.model().canonical();
        double[] variances = model.squaredLengths();
        for (int i = 0; model.isIsotropic() && i < variances.length; i++) {
            variances[i] += model.noise(0);
        }
        return new LinearFit(
                options,
                model,
                result.sums()[LinearSums.WEIGHT],
                result.objective(),
                variances,
                data.isComplete() ? start.total() : total(model),
                result.rounds(),
                result.converged(),
                result.history(),
                IntStream.range(0, model.isIsotropic() ? 0 : data.width())
                        .filter(j -> model.noise(j) <= bounds[j] && start.variances()[j] > 0)
                        .toArray());
    }

    /** Returns the sum of the variances of the columns under a model. */
    private static double total(LinearGaussian model) {
        return Arrays.stream(model.squaredLengths()).sum()
                + IntStream.range(0, model.dimension())
                        .mapToDouble(model::noise)
                        .sum();
    }

    public static LinearFit fit(RowBlocks data, LinearOptions options) {
        return fit(data, options, null, (round, state) -> {});
    }

    /**
     * Checks the number of columns. The width of some tables is known before their rows are read.
     *
     * @throws DataException if there are too many columns for the method of fitting, or only one
     * @throws OptionsException if there are not more columns than latent variables
     */
    public static void requireColumns(int columns, LinearOptions options) {
        if (!options.fit().hasRounds() && columns > MAX_COLUMNS) {
            throw new DataException(
                    "the rows have %d columns, but %s collects the covariance of at most %d: set model.fit = em, or select fewer columns"
                            .formatted(columns, options.fit(), MAX_COLUMNS));
        }
        if (options.latent() >= columns) {
            throw new OptionsException(
                    "the rows have %d columns for %d latent variables, expected more columns than latent variables: use fewer latent variables or more columns"
                            .formatted(columns, options.latent()));
        }
    }
}
