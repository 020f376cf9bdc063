package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.stage.AdversarialStage;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose decoder plays against a discriminator, by a hidden layer
 * of which reconstructions are judged (Larsen et al. 2016). Equal seeds give equal bits, whatever
 * the cluster, for the same number of partitions.
 */
public final class AdversarialVariationalAutoencoder
        extends NetworkEstimator<
                AdversarialVariationalAutoencoder, AdversarialVariationalAutoencoderModel>
        implements VariationalAdversarialParams<AdversarialVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    public AdversarialVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("AdversarialVariationalAutoencoder"));
    }

    public AdversarialVariationalAutoencoder(String uid) {
        super(uid, AdversarialVariationalAutoencoderModel.class);
        variationalAdversarialDefaults();
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        VariationalAdversarialOptions options =
                new VariationalAdversarialOptions(
                        getReconstructionWeight(), ParamOptions.adversarial(this));
        AveragingOptions players =
                rounds.withOptimizers(
                        List.of(
                                rounds.optimizer(),
                                rounds.optimizer(),
                                ParamOptions.discriminator(this)));
        return networks -> List.of(AdversarialStage.of(networks, options, players));
    }

    public static MLReader<AdversarialVariationalAutoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static AdversarialVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
