package io.github.sparklatent.ml.linear;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.util.function.Function;

/**
 * A family of linear Gaussian models.
 *
 * @param family the entry in the list of model families
 * @param name name at the beginning of a sentence
 * @param modelClass class of the models
 * @param model creates a model
 * @param options default options of a fit
 */
public record LinearFamily<M extends LinearModel<M>>(
        ModelFamily family,
        String name,
        Class<M> modelClass,
        Constructor<M> model,
        LinearOptions options) {

    /** Creates a model from its uid, its parameters and the record of its fit. */
    public interface Constructor<M> {
        /** Returns a new model. */
        M of(String uid, LinearGaussian parameters, LinearRecord fit);
    }

    static <M extends LinearModel<M>> LinearFamily<M> of(
            ModelType type,
            String name,
            Class<M> modelClass,
            Constructor<M> model,
            Function<String, LatentEstimator<?, ?>> estimator,
            LinearOptions options) {
        return new LinearFamily<>(
                new ModelFamily(
                        type,
                        modelClass,
                        estimator,
                        (spark, path) ->
                                LinearTable.find(
                                        new ModelDirectory(spark, path), modelClass, model)),
                name,
                modelClass,
                model,
                options);
    }
}
