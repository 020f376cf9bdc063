package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * A family of models: its type with the hyperparameters, its Estimator and the reader of saved
 * models. The commands get everything else from the Estimator and the model.
 *
 * @param type name, hyperparameters and columns
 * @param model class of the models; the saved form contains its name
 * @param estimator creates an Estimator with a uid
 * @param reader loads a saved model, or the model in a saved pipeline
 */
public record ModelFamily(
        ModelType type,
        Class<? extends LatentModel<?>> model,
        Function<String, LatentEstimator<?, ?>> estimator,
        Reader reader) {

    /** Loads a saved model, or the model in a saved pipeline. */
    public interface Reader {
        /**
         * Loads the model at a path.
         *
         * @throws io.github.sparklatent.learn.DataException if there is no model, or if it is
         *     damaged
         */
        LatentModel<?> read(SparkSession spark, String path);
    }
}
