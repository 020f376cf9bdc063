package io.github.sparklatent.ml;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;

/** Types of models and trainings that a configuration describes. */
public final class Families {
    private Families() {}

    /** Returns the types of all families. */
    public static ModelTypes types() {
        return ModelFamilies.types();
    }

    /**
     * Prepares the training that the settings of a context describe: of one model, or of a model for each group.
     *
     * @throws IllegalArgumentException if settings contradict each other or the table
     */
    public static Training<?> training(TrainingContext context) {
        ModelType type = context.settings().schema().type();
        LatentEstimator<?, ?> estimator = estimator(type, type.type());
        estimator.configure(context.settings());
        return MixtureModelType.isGrouped(context.settings())
                ? GroupedMixture.of(estimator, context.settings()).training(context)
                : estimator.training(context);
    }

    /** Returns an Estimator of models of a type. */
    public static LatentEstimator<?, ?> estimator(ModelType type, String uid) {
        return ModelFamilies.of(type).estimator(uid);
    }
}
