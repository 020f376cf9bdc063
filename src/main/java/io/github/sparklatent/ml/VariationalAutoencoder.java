package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.objective.Bound;
import io.github.sparklatent.vae.objective.GradientEstimator;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder: a distribution of rows through latent variables that are
 * Gaussian. Equal seeds give equal bits, whatever the cluster, for the same number of partitions.
 */
public final class VariationalAutoencoder
        extends NetworkEstimator<VariationalAutoencoder, VariationalAutoencoderModel>
        implements VariationalParams<VariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    public VariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("VariationalAutoencoder"));
    }

    public VariationalAutoencoder(String uid) {
        super(uid, VariationalAutoencoderModel.class);
        variationalDefaults();
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        VariationalOptions options =
                new VariationalOptions(
                        NetworkNames.constant(Bound.class, getObjective()),
                        NetworkNames.constant(GradientEstimator.class, getGradient()),
                        getSamples(),
                        getBeta(),
                        getBetaWarmUpPasses(),
                        getFreeBits(),
                        ParamOptions.corruption(this),
                        getBinarize());
        return networks -> oneStage(new VariationalObjective(networks, options), rounds);
    }

    public static MLReader<VariationalAutoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static VariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
