package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import io.github.sparklatent.vae.stage.MixtureStages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a variational autoencoder whose prior and posterior are mixtures of Gaussians, in up to
 * four stages: first a plain autoencoder, the clusters of whose codes are the start of what
 * follows; then encoder and prior; then the decoder, with {@code adversarialWeight} against a
 * discriminator; then all together. Equal seeds give equal bits, whatever the cluster, for the same
 * number of partitions.
 */
public final class MixtureVariationalAutoencoder
        extends NetworkEstimator<MixtureVariationalAutoencoder, MixtureVariationalAutoencoderModel>
        implements MixtureVariationalParams<MixtureVariationalAutoencoder> {
    private static final long serialVersionUID = 1L;

    public MixtureVariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("MixtureVariationalAutoencoder"));
    }

    public MixtureVariationalAutoencoder(String uid) {
        super(uid, MixtureVariationalAutoencoderModel.class);
        mixtureVariationalDefaults();
    }

    @Override
    Kind startKind() {
        return getPretrainingPasses() > 0 ? Kind.AUTOENCODER : Kind.MIXTURE;
    }

    @Override
    Function<Architecture, List<Stage>> stages(AveragingOptions rounds) {
        List<MixtureStages.Options> stages = new ArrayList<>();
        double weight = getAdversarialWeight();
        AveragingOptions game =
                weight > 0
                        ? rounds.withOptimizers(
                                List.of(ParamOptions.discriminator(this), rounds.optimizer()))
                        : rounds;
        add(stages, "encoder", getEncoderPasses(), rounds, 0);
        add(stages, "decoder", getDecoderPasses(), game, weight);
        add(stages, "joint", getJointPasses(), rounds, 0);
        Require.that(
                !stages.isEmpty(),
                "encoderPasses, decoderPasses and jointPasses are 0, expected one above 0");
        Require.that(
                weight == 0 || getDecoderPasses() > 0,
                "adversarialWeight is %s, expected 0 where decoderPasses are 0",
                weight);
        if (getPretrainingPasses() > 0) {
            AveragingOptions pretraining =
                    EmbeddingFit.rounds(
                            ClusteringPhase.AUTOENCODER, getPretrainingPasses(), rounds);
            String name = ClusteringPhase.AUTOENCODER.toString();
            stages.add(0, new MixtureStages.Options(name, pretraining, 0));
        }
        VariationalOptions options =
                VariationalOptions.DEFAULT
                        .withSamples(getSamples())
                        .withBeta(getBeta())
                        .withBetaWarmUpPasses(getBetaWarmUpPasses())
                        .withCorruption(ParamOptions.corruption(this))
                        .withBinarize(getBinarize());
        ClusteringRecipe recipe = ParamOptions.recipe(this).withSeed(getSeed());
        return networks ->
                MixtureStages.of(networks, options, ParamOptions.adversarial(this), recipe, stages);
    }

    private static void add(
            List<MixtureStages.Options> stages,
            String name,
            double passes,
            AveragingOptions rounds,
            double weight) {
        if (passes > 0) {
            stages.add(new MixtureStages.Options(name, rounds.withMaxPasses(passes), weight));
        }
    }

    public static MLReader<MixtureVariationalAutoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static MixtureVariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
