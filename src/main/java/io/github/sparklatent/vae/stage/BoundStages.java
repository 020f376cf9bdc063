package io.github.sparklatent.vae.stage;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.adversarial.MixtureAdversarialObjective;
import io.github.sparklatent.vae.cluster.ClusterInitialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.BoundStage;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.ClusteringStages.ClusteredStage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stages of training a VAE, each with its own options: the encoder with a fixed decoder, then the decoder, then
 * both. The warm-up of the weight of the KL divergence runs once over these stages together. If prior and posterior are
 * mixtures, an autoencoder may come first; the next stage then starts from it and from the clusters of its codes
 * ({@link ClusterInitialization}).
 *
 * <p>The published training of a mixture-of-Gaussians VAE has no autoencoder stage and starts from random parameters.
 * Without the autoencoder stage, this training starts from random parameters too, and its components separate the
 * clusters no better than a mixture of a plain VAE's codes (accuracy on the digits, five seeds: 66.6%; from the
 * clusters 87.4%).
 */
public final class BoundStages {
    private static final String AUTOENCODER = ClusteringPhase.AUTOENCODER.toString();

    private BoundStages() {}

    /**
     * The options of one stage.
     *
     * @param name name of a {@link BoundStage}, in small letters, or {@code autoencoder}
     * @param averaging options of the averaging rounds; with a discriminator, its optimiser is the first and the
     *     decoder's the second
     * @param adversarialWeight weight of the loss against a discriminator, for stages that move the decoder of the
     *     model; 0 for none
     * @param adversarialTarget the rows that the discriminator judges; not used without it
     */
    public record Options(
            String name, AveragingOptions averaging, double adversarialWeight, AdversarialTarget adversarialTarget) {
        /** Creates options with the default target of the discriminator. */
        public Options(String name, AveragingOptions averaging, double adversarialWeight) {
            this(name, averaging, adversarialWeight, AdversarialTarget.DEFAULT);
        }

        /** Creates options of a known stage. */
        public Options {
            Optional<BoundStage> stage = stage(name);
            Require.that(
                    adversarialWeight >= 0 && Double.isFinite(adversarialWeight),
                    "stage %s: adversarialWeight is %s, expected a finite number not below 0",
                    name,
                    adversarialWeight);
            Require.that(
                    adversarialWeight == 0
                            || stage.filter(BoundStage::movesDecoder).isPresent(),
                    "stage %s: adversarialWeight is %s, expected 0: it is for the stages decoder and joint",
                    name,
                    adversarialWeight);
        }
    }

    /** Returns the stage of a name; empty for the autoencoder's. */
    private static Optional<BoundStage> stage(String name) {
        Require.that(names().contains(name), "stage %s is unknown, expected one of %s", name, names());
        return Arrays.stream(BoundStage.values())
                .filter(stage -> stage.title().equals(name))
                .findFirst();
    }

    public static List<String> names() {
        return Stream.concat(
                        Stream.of(AUTOENCODER),
                        Arrays.stream(BoundStage.values()).map(BoundStage::title))
                .toList();
    }

    /**
     * Returns the requested stages, in their order.
     *
     * @param kind {@link Kind#MIXTURE} or {@link Kind#VARIATIONAL}
     * @param adversarial options of the discriminator; unused if no stage has a weight for it
     * @param recipe settings for finding clusters among an autoencoder's codes; unused if none is trained
     * @throws IllegalArgumentException for a mixture of fewer than two components, a weight without a discriminator, an
     *     autoencoder after another stage or alone, and as {@link VariationalObjective} has it
     */
    public static List<Stage> of(
            Kind kind,
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            ClusteringRecipe recipe,
            List<Options> stages) {
        if (kind.hasComponents()) {
            architecture.requireComponents(kind);
        }
        List<String> names = stages.stream().map(Options::name).toList();
        int place = names.lastIndexOf(AUTOENCODER);
        Require.that(
                place <= 0 && !names.equals(List.of(AUTOENCODER)),
                "the stages are %s, expected %s to be the first of several",
                names,
                AUTOENCODER);
        return stages.stream()
                .<Stage>map(asked -> new ClusteredStage(
                        asked.name(),
                        kind,
                        architecture,
                        recipe,
                        train -> asked.averaging(),
                        objective(kind, architecture, options, adversarial, asked),
                        false,
                        names.indexOf(asked.name()) > place + 1))
                .toList();
    }

    private static StochasticObjective objective(
            Kind kind,
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            Options asked) {
        Optional<BoundStage> stage = stage(asked.name());
        if (!kind.hasComponents()) {
            return new VariationalObjective(Kind.VARIATIONAL, architecture, options, stage.orElseThrow());
        }
        if (asked.adversarialWeight() > 0) {
            return new MixtureAdversarialObjective(
                    new VariationalObjective(Kind.MIXTURE, architecture, options, stage.orElseThrow()),
                    asked.adversarialWeight(),
                    asked.adversarialTarget(),
                    adversarial);
        }
        return stage.isPresent()
                ? new VariationalObjective(Kind.MIXTURE, architecture, options, stage.get())
                : new AutoencoderObjective(
                        architecture, new AutoencoderOptions(options.corruption(), options.binarize()));
    }
}
