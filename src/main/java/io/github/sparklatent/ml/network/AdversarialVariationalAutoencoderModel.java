package io.github.sparklatent.ml.network;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.ml.params.AdversarialVariationalAutoencoderParams;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import org.apache.spark.ml.util.MLReader;

/** A trained VAE-GAN. It gives latent codes, reconstructions, anomaly scores and samples. */
public final class AdversarialVariationalAutoencoderModel extends NetworkModel<AdversarialVariationalAutoencoderModel>
        implements AdversarialVariationalAutoencoderParams<AdversarialVariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without a network. Spark Connect does so to get the name of the class. */
    public AdversarialVariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * Creates the model of a network.
     *
     * @param fit record of the training; null if it is not known
     */
    public AdversarialVariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    @Override
    public NetworkFamily<AdversarialVariationalAutoencoderModel> family() {
        return AdversarialVariationalAutoencoder.FAMILY;
    }

    @Override
    StochasticObjective game() {
        return new VariationalAdversarialObjective(
                network().architecture(), VariationalAdversarialOptions.DEFAULT.withAdversarial(gameRules()));
    }

    /** Returns a reader of saved models. */
    public static MLReader<AdversarialVariationalAutoencoderModel> read() {
        return AdversarialVariationalAutoencoder.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     */
    public static AdversarialVariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
