package io.github.sparklatent.ml.network;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.function.Function;

/**
 * A family of networks.
 *
 * @param type name, hyperparameters and columns
 * @param kind which parts the networks have
 * @param model class of the models
 * @param estimator makes an Estimator with a uid
 * @param maker makes a model
 */
public record NetworkFamily<M extends NetworkModel<M>>(
        ModelType type,
        Kind kind,
        Class<M> model,
        Function<String, LatentEstimator<?, ?>> estimator,
        Maker<M> maker) {

    /** Makes a model. */
    interface Maker<M> {
        /**
         * @param network null in a model that has only Params, as Spark Connect makes one to learn
         *     its name
         * @param fit null if it is not known
         */
        M of(String uid, TrainedNetwork network, NetworkFit fit);
    }

    /** Returns the family as the commands see it. */
    public ModelFamily family() {
        return new ModelFamily(
                type,
                model,
                estimator,
                (spark, path) -> SavedNetwork.find(new ModelDirectory(spark, path), this));
    }
}
