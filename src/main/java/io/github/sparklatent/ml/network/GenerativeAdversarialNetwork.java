package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.GenerativeAdversarialNetworkSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a generator of rows against a discriminator that distinguishes generated rows from the rows of the table
 * (Goodfellow et al. 2014). Equal seeds and equal numbers of partitions give identical models on any cluster.
 */
public final class GenerativeAdversarialNetwork
        extends NetworkEstimator<GenerativeAdversarialNetwork, GenerativeAdversarialNetworkModel>
        implements GenerativeAdversarialNetworkSetters<GenerativeAdversarialNetwork> {
    private static final long serialVersionUID = 1L;

    /** The model family of generative adversarial networks. */
    public static final NetworkFamily<GenerativeAdversarialNetworkModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.GAN,
            Kind.ADVERSARIAL,
            GenerativeAdversarialNetworkModel.class,
            GenerativeAdversarialNetwork::new,
            GenerativeAdversarialNetworkModel::new);

    /** Creates an Estimator with a random uid. */
    public GenerativeAdversarialNetwork() {
        this(Identifiable$.MODULE$.randomUID("GenerativeAdversarialNetwork"));
    }

    /** Creates an Estimator with a uid. */
    public GenerativeAdversarialNetwork(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<GenerativeAdversarialNetworkModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<GenerativeAdversarialNetwork> read() {
        return ModelDirectory.reader(
                GenerativeAdversarialNetwork.class, (directory, uid) -> new GenerativeAdversarialNetwork(uid));
    }

    /** Loads a saved Estimator. */
    public static GenerativeAdversarialNetwork load(String path) {
        return read().load(path);
    }
}
