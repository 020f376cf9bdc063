package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The stages of training of a variational autoencoder with mixtures, each with options of its own:
 * the encoder against the decoder as it is, then the decoder, then all. Before them an autoencoder
 * may be trained; the next stage then starts from that and from the clusters of its codes ({@link
 * HandOver}), as variational deep embedding does. The published training has no such stage and
 * starts from drawn parameters, as this one does where none is asked for: there the bound ends
 * where its components are no better than those of a mixture of a plain variational autoencoder's
 * codes (the digits, five seeds: 66.6%, from the clusters 87.4%).
 */
public final class MixtureStages {
    private static final String AUTOENCODER = EmbeddingPhase.AUTOENCODER.toString();

    private MixtureStages() {}

    /**
     * One stage.
     *
     * @param name of a {@link MixtureStage}, in small letters, or {@code autoencoder}
     * @param averaging passes, optimisers, patience; with a discriminator its optimiser comes
     *     first, the decoder's second
     * @param adversarialWeight of the loss against a discriminator, of the decoder's stage only; 0:
     *     there is none
     */
    public record Options(String name, AveragingOptions averaging, double adversarialWeight) {
        public Options {
            Optional<MixtureStage> stage = stage(name);
            Require.that(
                    adversarialWeight >= 0 && Double.isFinite(adversarialWeight),
                    "stage %s: adversarialWeight is %s, expected a finite number not below 0",
                    name,
                    adversarialWeight);
            Require.that(
                    adversarialWeight == 0 || stage.equals(Optional.of(MixtureStage.DECODER)),
                    "stage %s: adversarialWeight is %s, expected 0: it is of stage decoder only",
                    name,
                    adversarialWeight);
        }
    }

    /** None of the autoencoder's. */
    private static Optional<MixtureStage> stage(String name) {
        Require.that(
                names().contains(name), "stage %s is unknown, expected one of %s", name, names());
        return Arrays.stream(MixtureStage.values())
                .filter(stage -> stage.title().equals(name))
                .findFirst();
    }

    /** Names that a stage may have. */
    public static List<String> names() {
        return Stream.concat(
                        Stream.of(AUTOENCODER),
                        Arrays.stream(MixtureStage.values()).map(MixtureStage::title))
                .toList();
    }

    /** The stages that were asked for, an autoencoder's clusters by the default recipe. */
    public static List<Stage> of(
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            List<Options> stages) {
        return of(architecture, options, adversarial, EmbeddingRecipe.DEFAULT, stages);
    }

    /**
     * The stages that were asked for, in their order.
     *
     * @param adversarial of the discriminator; of no effect where no stage has a weight for it
     * @param recipe how clusters are found among an autoencoder's codes; of no effect where none is
     *     trained
     * @throws IllegalArgumentException for fewer than two components, a weight without a
     *     discriminator, an autoencoder after another stage or alone, and as {@link
     *     MixtureVariationalObjective} has it
     */
    public static List<Stage> of(
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            EmbeddingRecipe recipe,
            List<Options> stages) {
        architecture.requireComponents(Kind.MIXTURE);
        List<String> names = stages.stream().map(Options::name).toList();
        int place = names.lastIndexOf(AUTOENCODER);
        Require.that(
                place <= 0 && !names.equals(List.of(AUTOENCODER)),
                "the stages are %s, expected %s to be the first of several",
                names,
                AUTOENCODER);
        return stages.stream()
                .map(
                        asked ->
                                stage(
                                        architecture,
                                        recipe,
                                        asked,
                                        objective(architecture, options, adversarial, asked)))
                .toList();
    }

    private static StochasticObjective objective(
            Architecture architecture,
            VariationalOptions options,
            AdversarialOptions adversarial,
            Options asked) {
        if (asked.adversarialWeight() > 0) {
            return new MixtureAdversarialObjective(
                    architecture, options, asked.adversarialWeight(), adversarial);
        }
        return stage(asked.name())
                .<StochasticObjective>map(
                        stage -> new MixtureVariationalObjective(architecture, options, stage))
                .orElseGet(
                        () ->
                                new AutoencoderObjective(
                                        architecture,
                                        new AutoencoderOptions(
                                                options.corruption(), options.binarize())));
    }

    private static Stage stage(
            Architecture architecture,
            EmbeddingRecipe recipe,
            Options asked,
            StochasticObjective objective) {
        return new Stage() {
            @Override
            public String name() {
                return asked.name();
            }

            @Override
            public AveragingOptions options(Shards train) {
                return asked.averaging();
            }

            @Override
            public Begun begin(float[] before, Shards train) {
                return begin(before, train, step -> {});
            }

            @Override
            public Begun begin(float[] before, Shards train, Consumer<String> told) {
                architecture.requireRows(train.rows());
                if (before.length == objective.parameterCount()) {
                    return new Begun(objective, before, asked.averaging());
                }
                HandOver found =
                        HandOver.of(Kind.EMBEDDING, architecture, recipe, before, train, told);
                float[] start =
                        new MixtureStart(architecture).of(found.parameters(), recipe.seed());
                return new Begun(objective, start, asked.averaging(), found.events());
            }

            @Override
            public boolean isComparable() {
                return objective.isComparable();
            }

            @Override
            public float[] end(float[] parameters) {
                return objective instanceof MixtureAdversarialObjective game
                        ? game.normalized(parameters)
                        : parameters;
            }
        };
    }
}
