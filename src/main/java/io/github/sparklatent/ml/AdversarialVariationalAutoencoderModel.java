package io.github.sparklatent.ml;

import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained variational autoencoder whose decoder has played against a discriminator: codes,
 * reconstructions, draws and how strange rows are.
 */
public final class AdversarialVariationalAutoencoderModel
        extends AdversarialModel<AdversarialVariationalAutoencoderModel>
        implements VariationalAdversarialParams<AdversarialVariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public AdversarialVariationalAutoencoderModel() {
        this("", null, null);
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public AdversarialVariationalAutoencoderModel(
            String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        variationalAdversarialDefaults();
    }

    @Override
    StochasticObjective game() {
        return new VariationalAdversarialObjective(
                network().architecture(),
                VariationalAdversarialOptions.DEFAULT.withAdversarial(rules()));
    }

    public static MLReader<AdversarialVariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(AdversarialVariationalAutoencoderModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static AdversarialVariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
