package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedMixture;
import java.io.Serializable;

/** Fits the mixture of one group of rows. Sent to the workers. */
public interface GroupFitter extends Serializable {
    /**
     * Fits as a training on these rows alone does: all numbers of components and all restarts.
     *
     * @param holdout held-out rows, or null
     * @throws io.github.sparklatent.learn.DataException if the rows do not suffice
     * @throws io.github.sparklatent.learn.DivergedException if the fit diverges
     * @throws IllegalArgumentException if the criterion cannot be computed
     */
    MixtureFit<MixedMixture> fit(RowBlocks train, RowBlocks holdout);
}
