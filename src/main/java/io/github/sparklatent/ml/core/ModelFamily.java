package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * A family of models as the commands see it: its type with its hyperparameters, its Estimator and
 * the saved form of its models. Everything else the commands ask of the Estimator and of the model.
 *
 * @param type name, hyperparameters and columns
 * @param model class of the models, whose name the saved form bears
 * @param estimator makes an Estimator with a uid
 * @param reader loads a saved model, or the one in a saved pipeline
 */
public record ModelFamily(
        ModelType type,
        Class<? extends LatentModel<?>> model,
        Function<String, LatentEstimator<?, ?>> estimator,
        Reader reader) {

    /** Loads a saved model, or the one in a saved pipeline. */
    public interface Reader {
        /**
         * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged;
         *     the message says how
         */
        LatentModel<?> read(SparkSession spark, String path);
    }
}
