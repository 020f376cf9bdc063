package io.github.sparklatent.ml;

import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained generative adversarial network: draws, and how unlike rows are to what it was trained
 * on.
 */
public final class GenerativeAdversarialNetworkModel
        extends AdversarialModel<GenerativeAdversarialNetworkModel>
        implements GeneratorParams<GenerativeAdversarialNetworkModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public GenerativeAdversarialNetworkModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public GenerativeAdversarialNetworkModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        generatorDefaults();
    }

    @Override
    StochasticObjective game() {
        return AdversarialGame.of(network().architecture(), rules());
    }

    public static MLReader<GenerativeAdversarialNetworkModel> read() {
        return new NetworkModelReader<>(GenerativeAdversarialNetworkModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static GenerativeAdversarialNetworkModel load(String path) {
        return read().load(path);
    }
}
