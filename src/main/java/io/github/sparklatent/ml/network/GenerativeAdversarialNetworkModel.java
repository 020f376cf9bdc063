package io.github.sparklatent.ml.network;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.ml.params.GenerativeAdversarialNetworkParams;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import org.apache.spark.ml.util.MLReader;

/** A trained generative adversarial network. It gives samples and anomaly scores. */
public final class GenerativeAdversarialNetworkModel extends NetworkModel<GenerativeAdversarialNetworkModel>
        implements GenerativeAdversarialNetworkParams<GenerativeAdversarialNetworkModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without a network. Spark Connect does so to get the name of the class. */
    public GenerativeAdversarialNetworkModel() {
        this("", null, null);
    }

    /**
     * Creates the model of a network.
     *
     * @param fit record of the training; null if it is not known
     */
    public GenerativeAdversarialNetworkModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    public NetworkFamily<GenerativeAdversarialNetworkModel> family() {
        return GenerativeAdversarialNetwork.FAMILY;
    }

    @Override
    StochasticObjective game() {
        return AdversarialGame.of(network().architecture(), gameRules());
    }

    /** Returns a reader of saved models. */
    public static MLReader<GenerativeAdversarialNetworkModel> read() {
        return GenerativeAdversarialNetwork.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     */
    public static GenerativeAdversarialNetworkModel load(String path) {
        return read().load(path);
    }
}
