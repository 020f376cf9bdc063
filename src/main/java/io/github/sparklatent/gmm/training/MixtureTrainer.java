package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import java.util.List;

/**
 * Fits a Gaussian mixture for each number of components and each restart, and keeps the best; see
 * {@link ComponentSearch}.
 */
public final class MixtureTrainer {
    private final RowBlocks train;
    private final RowBlocks holdout;
    private final MixtureOptions options;
    private final Mixture initial;
    private final SearchListener<TrainerState> listener;

    /**
     * Checks that options, data and initial model fit together.
     *
     * @param train training rows
     * @param holdout held-out rows, or null
     * @param initial parameters to start from, or null; with initial parameters, there is one fit
     *     with their number of components
     * @throws IllegalArgumentException if the initial mixture does not fit the options or the data,
     *     or the criterion cannot be computed
     * @throws DataException if covariances of the data's width do not fit into arrays
     */
    public MixtureTrainer(
            RowBlocks train,
            RowBlocks holdout,
            MixtureOptions options,
            Mixture initial,
            SearchListener<TrainerState> listener) {
        options.search().requireCriterion(holdout);
        if (initial != null) {
            requireFits(initial, options, train);
        }
        if (options.covariance().isFactored() && options.factors() >= train.width()) {
            throw new OptionsException(
                    "the rows have %d columns for %d factors, expected more columns than factors: use fewer factors, or full covariances"
                            .formatted(train.width(), options.factors()));
        }
        options.components()
                .forEach(
                        k ->
                                options.layout(
                                                initial != null
                                                        ? k
                                                        : options.initialization()
                                                                .mostComponents(k),
                                                train.width())
                                        .requireArrays());
        this.train = train;
        this.holdout = holdout;
        this.options = options;
        this.initial = initial;
        this.listener = listener;
    }

    private static void requireFits(Mixture initial, MixtureOptions options, RowBlocks train) {
        Require.that(
                initial.dimension() == train.width(),
                "the initial model has %d features, expected %d (those of the data)",
                initial.dimension(),
                train.width());
        Require.that(
                initial.type() == options.covariance(),
                "the initial model's covariance is %s, expected %s",
                initial.type(),
                options.covariance());
        Require.that(
                !options.covariance().isFactored() || initial.factors() == options.factors(),
                "the initial model has %d factors, expected %d",
                initial.factors(),
                options.factors());
        Require.that(
                options.components().equals(List.of(initial.components())),
                "the initial model has %d components, expected %s",
                initial.components(),
                options.components());
    }

    /**
     * Runs all fits from the beginning.
     *
     * @throws DataException if the data has fewer distinct rows than components
     */
    public TrainingResult<Mixture> fit() {
        return fit(TrainerState.START);
    }

    public TrainingResult<Mixture> fit(TrainerState from) {
        SampleSize size = RowWeights.of(train);
        return new ComponentSearch<>(
                        train,
                        holdout,
                        size,
                        new GaussianFamily(train, options, initial, size, listener),
                        initial == null ? options.search() : options.withRestarts(1).search(),
                        listener.of(TrainerState::of))
                .fit(from.search());
    }
}
