package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.ml.core.TrainingContext;
import java.util.List;

/** An Estimator of mixtures that can also be fitted to each group of rows. */
public interface GroupableMixture {
    /**
     * Returns what fits each group.
     *
     * @param context inputs of the training
     * @param columns the columns of a row, as the model of all rows has them
     */
    GroupFitter groupFitter(TrainingContext context, MixedColumns columns);

    /** Returns the least number of components that a fit tries. */
    int leastComponents();

    /**
     * Returns a lower bound of the number of parameters of a group's mixture.
     *
     * @param features the numbers of a row
     */
    long leastParameters(List<Feature> features);
}
