package io.github.sparklatent.ml;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.stage.AdversarialStage;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a generator of rows against a discriminator that tells its rows from those of the table
 * (Goodfellow et al. 2014). Equal seeds give equal bits, whatever the cluster, for the same number
 * of partitions.
 */
public final class GenerativeAdversarialNetwork
        extends NetworkEstimator<GenerativeAdversarialNetwork, GenerativeAdversarialNetworkModel>
        implements GeneratorParams<GenerativeAdversarialNetwork> {
    private static final long serialVersionUID = 1L;

    public GenerativeAdversarialNetwork() {
        this(Identifiable$.MODULE$.randomUID("GenerativeAdversarialNetwork"));
    }

    public GenerativeAdversarialNetwork(String uid) {
        super(uid, GenerativeAdversarialNetworkModel.class);
        generatorDefaults();
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        AdversarialOptions options = ParamOptions.adversarial(this);
        AveragingOptions players =
                rounds.withOptimizers(
                        List.of(ParamOptions.discriminator(this), rounds.optimizer()));
        return networks -> List.of(AdversarialStage.of(networks, options, players));
    }

    public static MLReader<GenerativeAdversarialNetwork> read() {
        return new DefaultParamsReader<>();
    }

    public static GenerativeAdversarialNetwork load(String path) {
        return read().load(path);
    }
}
