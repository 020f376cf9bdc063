package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.ml.core.TrainingContext;
import java.io.Serializable;

/** An Estimator of mixtures that can also be fitted to each group of rows. */
public interface GroupableMixture {
    /** Fits the mixture of one group of rows. Sent to the workers. */
    interface Fitter extends Serializable {
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

    /**
     * Returns what fits each group.
     *
     * @param context inputs of the training
     * @param columns the columns of a row, as the model of all rows has them
     */
    Fitter groupFitter(TrainingContext context, MixedColumns columns);
}
