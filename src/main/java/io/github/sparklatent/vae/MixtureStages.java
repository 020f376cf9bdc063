package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The stages of training of a variational autoencoder with mixtures, each with options of its own:
 * the encoder against the decoder as it is, then the decoder, then all.
 */
public final class MixtureStages {
    private MixtureStages() {}

    /**
     * One stage.
     *
     * @param name of a {@link MixtureStage}, in small letters
     * @param averaging passes, optimisers, patience; with a discriminator its optimiser comes
     *     first, the decoder's second
     * @param adversarialWeight of the loss against a discriminator, of the decoder's stage only; 0:
     *     there is none
     */
    public record Options(String name, AveragingOptions averaging, double adversarialWeight) {
        public Options {
            MixtureStage stage = stage(name);
            Require.that(
                    adversarialWeight >= 0 && Double.isFinite(adversarialWeight),
                    "stage %s: adversarialWeight is %s, expected a finite number not below 0",
                    name,
                    adversarialWeight);
            Require.that(
                    adversarialWeight == 0 || stage == MixtureStage.DECODER,
                    "stage %s: adversarialWeight is %s, expected 0: it is of stage decoder only",
                    name,
                    adversarialWeight);
        }
    }

    private static MixtureStage stage(String name) {
        return Arrays.stream(MixtureStage.values())
                .filter(stage -> stage.title().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "stage %s is unknown, expected one of %s"
                                                .formatted(name, names())));
    }

    /** Names that a stage may have. */
    public static List<String> names() {
        return Arrays.stream(MixtureStage.values())
                .map(MixtureStage::title)
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * The stages that were asked for, in their order.
     *
     * @param adversarial of the discriminator; of no effect where no stage has a weight for it
     * @throws IllegalArgumentException for fewer than two components, a weight without a
     *     discriminator, and as {@link MixtureVariationalObjective} has it
     */
    public static List<Stage> of(
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            List<Options> stages) {
        architecture.requireComponents(Kind.MIXTURE);
        return stages.stream()
                .map(
                        asked ->
                                stage(
                                        architecture,
                                        asked,
                                        objective(architecture, options, adversarial, asked)))
                .toList();
    }

    private static StochasticObjective objective(
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            Options asked) {
        return asked.adversarialWeight() > 0
                ? new MixtureAdversarialObjective(
                        architecture, options, asked.adversarialWeight(), adversarial)
                : new MixtureVariationalObjective(architecture, options, stage(asked.name()));
    }

    private static Stage stage(
            Architecture architecture, Options asked, StochasticObjective objective) {
        Stage stage = Stage.of(asked.name(), objective, asked.averaging());
        return new Stage() {
            @Override
            public String name() {
                return stage.name();
            }

            @Override
            public AveragingOptions options(Shards train) {
                return stage.options(train);
            }

            @Override
            public Begun begin(float[] before, Shards train) {
                architecture.requireRows(train.rows());
                return stage.begin(before, train);
            }
        };
    }
}
