package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains an autoencoder: networks that squeeze a row into a few latent variables and give it back.
 * With {@code corruption} it learns to mend damaged rows. Equal seeds give equal bits, whatever the
 * cluster, for the same number of partitions.
 */
public final class Autoencoder extends NetworkEstimator<Autoencoder, AutoencoderModel>
        implements AutoencoderParams<Autoencoder> {
    private static final long serialVersionUID = 1L;

    public Autoencoder() {
        this(Identifiable$.MODULE$.randomUID("Autoencoder"));
    }

    public Autoencoder(String uid) {
        super(uid, AutoencoderModel.class);
        autoencoderDefaults();
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        AutoencoderOptions options =
                new AutoencoderOptions(ParamOptions.corruption(this), getBinarize());
        return networks -> oneStage(new AutoencoderObjective(networks, options), rounds);
    }

    public static MLReader<Autoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static Autoencoder load(String path) {
        return read().load(path);
    }
}
