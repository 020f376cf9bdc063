package io.github.sparklatent.ml.network;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.util.MLReader;

/**
 * A family of neural models.
 *
 * @param type name, hyperparameters and columns
 * @param kind the parts of the networks
 * @param model class of the models
 * @param estimator creates an Estimator with a uid
 * @param maker creates a model
 */
public record NetworkFamily<M extends NetworkModel<M>>(
        ModelType type,
        Kind kind,
        Class<M> model,
        Function<String, LatentEstimator<?, ?>> estimator,
        Maker<M> maker) {

    /** Creates a model. */
    interface Maker<M> {
        /**
         * Creates a model.
         *
         * @param network trained network; null in a model that has only Params; Spark Connect
         *     creates it to read the class name
         * @param fit record of the training; null if it is not known
         */
        M of(String uid, TrainedNetwork network, NetworkFit fit);
    }

    /** Returns the families of all neural models, in the order of the reference. */
    public static List<ModelFamily> all() {
        return Stream.of(
                        Autoencoder.FAMILY,
                        VariationalAutoencoder.FAMILY,
                        DeepLatentGaussianModel.FAMILY,
                        MixtureVariationalAutoencoder.FAMILY,
                        VariationalDeepEmbedding.FAMILY,
                        ClusteringVariationalAutoencoder.FAMILY,
                        GenerativeAdversarialNetwork.FAMILY,
                        AdversarialVariationalAutoencoder.FAMILY)
                .<ModelFamily>map(NetworkFamily::family)
                .toList();
    }

    /** Returns a reader of saved models, alone or in a pipeline. */
    MLReader<M> reader() {
        return new MLReader<>() {
            @Override
            public M load(String path) {
                return SavedNetwork.find(
                        new ModelDirectory(sparkSession(), path), NetworkFamily.this);
            }
        };
    }

    /** Returns the family in the form that the commands use. */
    public ModelFamily family() {
        return new ModelFamily(
                type,
                model,
                estimator,
                (spark, path) -> SavedNetwork.find(new ModelDirectory(spark, path), this));
    }
}
