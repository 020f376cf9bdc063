package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.scoring.SavedContent;
import java.io.Serializable;

/**
 * Fits a mixture to all rows, or to each group of rows.
 *
 * @param <E> the class that extends this class
 * @param <M> the class of its models
 */
public abstract class MixtureEstimator<E extends MixtureEstimator<E, M>, M extends MixtureOfRows<M>>
        extends LatentEstimator<E, M> {
    /** Creates an Estimator with the default Params. */
    protected MixtureEstimator(String uid) {
        super(uid);
    }

    /** Fits the mixture of one group of rows. Sent to the workers. */
    public interface Fitter extends Serializable {
        /**
         * Fits as a training on these rows alone does: all numbers of components and all restarts.
         *
         * @param holdout held-out rows, or null
         * @throws io.github.sparklatent.learn.DataException if the rows do not suffice
         * @throws io.github.sparklatent.learn.DivergedException if the fit diverges
         * @throws IllegalArgumentException if the criterion cannot be computed
         */
        MixtureFit fit(RowBlocks train, RowBlocks holdout);
    }

    @Override
    public abstract ModelFamily<M, SavedContent.Mixture> family();

    @Override
    protected Training<M> training(TrainingContext context, Settings settings) {
        return new MixtureTraining<>(this, context, settings);
    }

    /** Trees impute no cells: a missing one is a value that the columns after it are given. */
    @Override
    public final boolean offers(ScoreColumn column) {
        Settings settings = settings();
        return super.offers(column)
                && (column != ScoreColumn.IMPUTED
                        || !settings.bind(TreeOptions.DEFAULT).areTrees())
                && (MixtureModelType.isTyped(modelType()) // which this scaling does not fit
                        || !settings.is("data.scale", Scale.BOTH.toString())
                        || Scale.BOTH.offers(column));
    }

    /** Returns what fits each group; {@code columns}: the columns of a row, as the model of all rows has them. */
    public final Fitter groupFitter(MixedColumns columns) {
        MixtureOptions options = settings().bind(MixtureOptions.DEFAULT);
        if (settings().bind(TreeOptions.DEFAULT).areTrees()) {
            throw new UsageException("model.within is trees, which only a single model can have: must be independent");
        }
        boolean isTyped = MixtureModelType.isTyped(modelType());
        return (train, holdout) -> {
            MixtureFit fit = new MixtureTrainer(train, holdout, columns, options, null, SearchListener.none())
                    .fit()
                    .best();
            return isTyped ? fit : fit.with(MixedMixture.of(fit.mixture().gaussian()), fit.metrics());
        };
    }
}
