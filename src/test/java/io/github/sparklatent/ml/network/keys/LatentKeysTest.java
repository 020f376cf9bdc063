package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.network.values.LayerSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of mixture, clustering and adversarial networks: what they become, and mistakes. */
class LatentKeysTest {
    @TempDir private Path directory;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    private Settings settings(String text, String... overrides) {
        return sandbox.load(Sandbox.COMPLETE + text, overrides).settings();
    }

    private static List<LayerSetting> dense(int... widths) {
        return Arrays.stream(widths).mapToObj(LayerSetting::dense).toList();
    }

    @Test
    void whatIsNotSaidOfAMixtureIsAsTheReferenceHasIt() {
        JobConfiguration mixture = sandbox.load(Sandbox.COMPLETE + "model.type = mog-vae");
        assertThat(mixture.type()).isEqualTo(NetworkModelTypes.MOG_VAE);
        assertThat(mixture.settings().get(LatentMixtureKeys.COMPONENTS)).isEqualTo(10);
        assertThat(StageSettings.of(mixture.settings()))
                .extracting(
                        StageSettings::name,
                        stage -> stage.settings().get(AveragingKeys.MAX_EPOCHS),
                        StageSettings::adversarialWeight)
                .containsExactly(
                        tuple("autoencoder", 20.0, 0.0),
                        tuple("encoder", 5.0, 0.0),
                        tuple("decoder", 5.0, 0.0),
                        tuple("joint", 40.0, 0.0));
        assertThat(PlayerSetting.of(mixture.settings())).isEmpty();
        assertThat(mixture.sample().noise()).isTrue();
    }

    @Test
    void aStageSaysAnewWhatItDoesAlone() {
        Settings mixture =
                settings(
                        """
                        model { type = mog-vae, components = 3, discriminator = [64, 32] }
                        train { batchSize = 32, roundsPerEpoch = 4, patience = 7, optimizer { learningRate = 0.01, beta1 = 0.8 } }
                        train.outer { type = momentum, momentum = 0.2 }
                        train.stages = [
                          { name = joint, localSteps = 5, optimizer.learningRate = 0.02 }
                          { name = decoder, maxEpochs = 2, adversarialWeight = 0.5, patience = 0
                            optimizer { type = sgd, schedule { type = step, every = 3 } }, outer.type = average }
                        ]
                        """);
        assertThat(mixture.get(AdversaryKeys.DISCRIMINATOR)).isEqualTo(dense(64, 32));
        List<StageSettings> stages = StageSettings.of(mixture);
        Settings joint = stages.get(0).settings();
        assertThat(joint.get(AveragingKeys.MAX_EPOCHS)).isEqualTo(40);
        assertThat(joint.find(AveragingKeys.ROUNDS_PER_EPOCH)).isEmpty();
        assertThat(joint.find(AveragingKeys.LOCAL_STEPS)).contains(5);
        assertThat(joint.find(AveragingKeys.BATCH_SIZE)).contains(32);
        assertThat(joint.get(AveragingKeys.PATIENCE)).isEqualTo(7);
        assertThat(joint.find(AveragingKeys.OUTER_MOMENTUM)).contains(0.2);
        assertThat(joint.find(OptimizerKeys.RATE)).contains(0.02);
        assertThat(joint.find(OptimizerKeys.FIRST_DECAY)).contains(0.8);
        assertThat(stages.get(1).adversarialWeight()).isEqualTo(0.5);
        Settings decoder = stages.get(1).settings();
        assertThat(decoder.get(AveragingKeys.MAX_EPOCHS)).isEqualTo(2);
        assertThat(decoder.find(AveragingKeys.ROUNDS_PER_EPOCH)).contains(4.0);
        assertThat(decoder.get(AveragingKeys.PATIENCE)).isZero();
        assertThat(decoder.get(AveragingKeys.OUTER)).isEqualTo("average");
        assertThat(decoder.find(AveragingKeys.OUTER_MOMENTUM))
                .as("another kind of average starts from its own values")
                .isEmpty();
        assertThat(decoder.get(OptimizerKeys.TYPE)).isEqualTo("sgd");
        assertThat(decoder.find(OptimizerKeys.RATE))
                .as("another optimiser starts from its own values")
                .isEmpty();
        assertThat(decoder.find(OptimizerKeys.EVERY)).contains(3.0);
        assertThat(mixture.find(OptimizerKeys.RATE)).contains(0.01);
    }

    @Test
    void everyKeyOfDeepEmbeddingIsRead() {
        Settings vade =
                settings(
                        """
                        model { type = vade, components = 3, start = mixture, informationWeight = 2.5 }
                        model { clusterShares = [0.5, 0.25, 0.25], crossEntropyWeight = 1 }
                        train { restarts = 4, startRows = 100 }
                        """);
        assertThat(vade.get(LatentMixtureKeys.COMPONENTS)).isEqualTo(3);
        assertThat(vade.get(ClusteringKeys.START)).isEqualTo("mixture");
        assertThat(vade.get(ClusteringKeys.RESTARTS)).isEqualTo(4);
        assertThat(vade.get(ClusteringKeys.START_ROWS)).isEqualTo(100);
        assertThat(vade.get(ClusteringKeys.INFORMATION_WEIGHT)).isEqualTo(2.5);
        assertThat(vade.find(ClusteringKeys.CLUSTER_SHARES)).contains(List.of(0.5, 0.25, 0.25));
        assertThat(vade.get(ClusteringKeys.CROSS_ENTROPY_WEIGHT)).isEqualTo(1);
        assertThat(StageSettings.of(vade))
                .extracting(
                        StageSettings::name,
                        stage -> stage.settings().find(OptimizerKeys.SHARE),
                        stage -> stage.settings().get(AveragingKeys.OUTER))
                .containsExactly(
                        tuple("autoencoder", Optional.of(0.5), "average"),
                        tuple("fixed", Optional.empty(), "average"),
                        tuple("clustering", Optional.of(1.0), "average"));
    }

    @Test
    void everyKeyOfTheClassifierFormIsRead() {
        Settings form =
                settings(
                        "model { type = cluster-vae, components = 4, classifier = [9, 9],"
                                + " informationWeight = 3 }");
        assertThat(StageSettings.of(form))
                .extracting(StageSettings::name)
                .containsExactly("autoencoder", "fixed", "clustering");
        assertThat(form.get(ClusteringKeys.INFORMATION_WEIGHT)).isEqualTo(3);
        assertThat(form.get(LatentMixtureKeys.COMPONENTS)).isEqualTo(4);
        assertThat(form.get(ClassifierKeys.CLASSIFIER)).isEqualTo(dense(9, 9));
        assertThat(
                        settings("model { type = cluster-vae, classifier = [] }")
                                .get(ClassifierKeys.CLASSIFIER))
                .isEmpty();
    }

    @Test
    void aGeneratorHasNoEncoder() {
        Settings gan =
                settings(
                        """
                        model { type = gan, latent = 5, decoder = [7, 8], discriminator = 9, likelihood = bernoulli }
                        model { labelSmoothing = 0.1, spectralNormalization = true, gradientPenalty = 0.2 }
                        """);
        assertThat(gan.findOwn(NetworkKeys.ENCODER)).isEmpty();
        assertThat(gan.find(NetworkKeys.DECODER)).contains(dense(7, 8));
        assertThat(gan.get(AdversaryKeys.DISCRIMINATOR)).isEqualTo(dense(9));
        assertThat(gan.findOwn(LatentMixtureKeys.COMPONENTS)).isEmpty();
        assertThat(gan.get(AdversaryKeys.LABEL_SMOOTHING)).isEqualTo(0.1);
        assertThat(gan.get(AdversaryKeys.SPECTRAL_NORMALIZATION)).isTrue();
        assertThat(gan.get(AdversaryKeys.GRADIENT_PENALTY)).isEqualTo(0.2);
        assertThat(StageSettings.of(gan)).isEmpty();
        assertThat(settings("model.type = gan").find(NetworkKeys.DECODER)).contains(dense(128));
    }

    @Test
    void aPlayerSaysAnewHowItSteps() {
        Settings game =
                settings(
                        """
                        model { type = vae-gan, reconstructionWeight = 0.25 }
                        train.optimizer { learningRate = 0.01, clipNorm = 3 }
                        train.players {
                          decoder { optimizer { type = rmsprop, beta2 = 0.8 } }
                          discriminator { optimizer.learningRate = 0.5 }
                        }
                        """,
                        "train.players.discriminator.optimizer.learningRate=0.25");
        assertThat(game.get(GameKeys.RECONSTRUCTION_WEIGHT)).isEqualTo(0.25);
        List<PlayerSetting> players = PlayerSetting.of(game);
        assertThat(players)
                .extracting(PlayerSetting::name)
                .containsExactly("decoder", "discriminator");
        Settings discriminator = game.with(players.get(1).refinement()::over);
        assertThat(discriminator.find(OptimizerKeys.RATE)).contains(0.25);
        assertThat(discriminator.get(OptimizerKeys.CLIP_NORM)).isEqualTo(3);
        Settings decoder = game.with(players.get(0).refinement()::over);
        assertThat(decoder.get(OptimizerKeys.TYPE)).isEqualTo("rmsprop");
        assertThat(decoder.find(OptimizerKeys.RATE)).isEmpty();
        assertThat(decoder.find(OptimizerKeys.SECOND_DECAY)).contains(0.8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.type = mog-vae",
                "model.type = mog-vae, train.stages = { name = joint, maxEpochs = 3 }",
                "model { type = mog-vae, discriminator = [5] }, train.stages = [{ name = decoder,"
                        + " adversarialWeight = 2, optimizer { type = sgd, schedule { type = step,"
                        + " factor = 0.5 } }, outer.type = average, localSteps = 4 }]\n"
                        + "train.players.discriminator.optimizer.beta1 = 0.5",
                "model { type = vade, clusterShares = [1, 2, 1], components = 3 }",
                "model.type = vade",
                "model.type = vade, train.stages = [{ name = autoencoder }, { name = clustering,"
                        + " maxEpochs = 3 }]",
                "model.type = cluster-vae",
                "model.type = gan",
                "model.type = vae-gan, train.players { encoder { optimizer.learningRate = 0.1 } }"
            })
    void theDryRunIsAConfigurationOfTheSameValues(String text) {
        JobConfiguration first = sandbox.load(Sandbox.COMPLETE + text);
        JobConfiguration second = sandbox.load(first.settings().text());
        assertThat(second.settings().asMap()).isEqualTo(first.settings().asMap());
        assertThat(refined(second.settings())).isEqualTo(refined(first.settings()));
    }

    /** What each stage and each player trains by. */
    private static List<Object> refined(Settings settings) {
        List<Object> values = new ArrayList<>();
        for (StageSettings stage : StageSettings.of(settings)) {
            values.add(stage.name());
            values.add(stage.adversarialWeight());
            values.add(stage.ownWarmUp());
            values.addAll(training(stage.settings()));
        }
        for (PlayerSetting player : PlayerSetting.of(settings)) {
            values.add(player.name());
            values.addAll(training(settings.with(player.refinement()::over)));
        }
        return values;
    }

    private static List<Object> training(Settings settings) {
        return Stream.concat(AveragingKeys.ALL.stream(), OptimizerKeys.ALL.stream())
                .<Object>map(settings::find)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    mog-vae     ~ model.components = 1                          ~ model.components is 1, must be an integer >= 2
                    vade        ~ model.components = 0                          ~ model.components is 0, must be an integer >= 2
                    cluster-vae ~ model.components = [3, 4]                     ~ model.components is a list, must be an integer >= 2
                    cluster-vae ~ model.classifer = 3                           ~ model.classifer is not a key (did you mean model.classifier?)
                    gan         ~ model.encoder = 3                             ~ 'model.encoder is for ae, vae, dlgm, mog-vae, vade, cluster-vae and vae-gan, not for gan'
                    gan         ~ model.components = 3                          ~ 'model.components is for gmm, mixture, mog-vae, vade and cluster-vae, not for gan'
                    gan         ~ model.discriminator = []                      ~ 'model.discriminator is an empty list, must be a list, not empty, of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }'
                    gan         ~ model.labelSmoothing = 0.5                    ~ model.labelSmoothing is 0.5, must be a number >= 0 and < 0.5
                    gan         ~ model.labelSmoothing = -0.1                   ~ model.labelSmoothing is -0.1, must be a number >= 0 and < 0.5
                    gan         ~ model.gradientPenalty = -1                    ~ model.gradientPenalty is -1, must be a number >= 0
                    gan         ~ model.spectralNormalization = 2               ~ model.spectralNormalization is 2, must be true or false
                    gan         ~ train.patience = 2                            ~ 'train.patience is for ae, vae, dlgm, mog-vae, vade and cluster-vae, not for gan'
                    gan         ~ score.columns = latent                        ~ 'score.columns is "latent", must be one of anomaly, realProbability, severity, isAnomaly, contributions'
                    vae-gan     ~ model.reconstructionWeight = -1               ~ model.reconstructionWeight is -1, must be a number >= 0
                    vae-gan     ~ model.beta = 2                                ~ 'model.beta is for vae and mog-vae, not for vae-gan'
                    vae-gan     ~ model.samples = 3                             ~ 'model.samples is for vae, dlgm, mog-vae, vade and cluster-vae, not for vae-gan'
                    mog-vae     ~ model.posterior = full                        ~ 'model.posterior is for bayesian and vae, not for mog-vae'
                    mog-vae     ~ train.maxEpochs = 3                           ~ 'train.maxEpochs is for ae, vae, dlgm, gan and vae-gan, not for mog-vae'
                    gan         ~ model.start = mixture                         ~ 'model.start is for mog-vae, vade and cluster-vae, not for gan'
                    vade        ~ train.optimizer.schedule.type = linear        ~ 'train.optimizer.schedule is for ae, vae, dlgm, mog-vae, gan and vae-gan, not for vade'
                    vade        ~ model.start = overclustering                  ~ 'model.start is "overclustering", must be over-clustering or mixture (did you mean over-clustering?)'
                    vade        ~ model.informationWeight = -1                  ~ model.informationWeight is -1, must be a number >= 0
                    vade        ~ model.clusterShares = [1]                     ~ 'model.clusterShares is a list of 1, must be a list of two or more numbers > 0'
                    vade        ~ model.clusterShares = [1, 0]                  ~ 'model.clusterShares has an element that is 0, must be a number > 0'
                    vade        ~ model.clusterShares = 3                       ~ 'model.clusterShares is 3, must be a list of two or more numbers > 0'
                    vade        ~ train.restarts = 0                            ~ train.restarts is 0, must be an integer >= 1
                    vade        ~ score.columns = logDensity                    ~ 'score.columns is "logDensity", must be one of component, responsibilities, latent, latentVariance, reconstruction, reconstructionError, anomaly, severity, isAnomaly, contributions'
                    """)
    void mistakesAreTold(String type, String line, String sentence) {
        assertThat(sandbox.problems("model.type = " + type + ", " + line))
                .containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    mog-vae ~ encoder                                       ~ 'has an element that is "encoder", must be { name = autoencoder or encoder or decoder or joint, ... }'
                    mog-vae ~ { maxEpochs = 3 }                             ~ 'has a stage without "name", must be one of autoencoder, encoder, decoder, joint'
                    mog-vae ~ { name = encodr }                             ~ 'has a stage whose name is "encodr", must be one of autoencoder, encoder, decoder, joint (did you mean encoder?)'
                    mog-vae ~ { name = fixed }                              ~ 'has a stage whose name is "fixed", must be one of autoencoder, encoder, decoder, joint'
                    vade    ~ { name = joint }                              ~ 'has a stage whose name is "joint", must be one of autoencoder, fixed, clustering'
                    mog-vae ~ { name = decoder, adversarialWeight = -0.1 }  ~ 'has a stage decoder whose adversarialWeight is -0.1, must be a number >= 0'
                    mog-vae ~ { name = decoder, adversarialWeight = big }   ~ 'has a stage decoder whose adversarialWeight is "big", must be a number >= 0'
                    mog-vae ~ { name = joint, adversarialWeight = 0.1 }     ~ 'has a stage joint with "adversarialWeight", which only decoder has'
                    vade    ~ { name = fixed, adversarialWeight = 0.1 }     ~ 'has a stage fixed with "adversarialWeight", which no stage of this model has'
                    mog-vae ~ { name = joint, maxEpochs = 0 }               ~ 'has a stage joint whose maxEpochs is 0, must be a number > 0'
                    mog-vae ~ { name = joint, maxEpocs = 3 }                ~ 'has a stage joint with "maxEpocs", must have name, maxEpochs, roundsPerEpoch, localSteps, batchSize, patience, evaluateEvery, outer, optimizer (did you mean maxEpochs?)'
                    mog-vae ~ { name = joint, optimizer = adam }            ~ 'has a stage joint whose optimizer is "adam", must be a section: optimizer { ... }'
                    mog-vae ~ { name = joint, optimizer.type = addam }      ~ 'has a stage joint whose optimizer.type is "addam", must be one of sgd, rmsprop, adam, adamw (did you mean adam?)'
                    mog-vae ~ { name = joint, optimizer.schedule.evry = 2 } ~ 'has a stage joint with "optimizer.schedule.evry", must have type, factor, every, share, least, warmUpEpochs (did you mean every?)'
                    mog-vae ~ { name = joint, maxEpochs { a = 1 } }         ~ 'has a stage joint whose maxEpochs is a section, must be a number > 0'
                    """)
    void mistakesInAStageAreToldWhereTheyStand(String type, String stage, String sentence) {
        String text = "model.type = %s\ntrain.stages = [\n%s\n]".formatted(type, stage);
        assertThat(sandbox.problems(text)).containsExactly("job.conf:4: train.stages " + sentence);
    }

    /** What they would have asked for is unknown. */
    @Test
    void stagesThatCannotBeReadContradictNothing() {
        String adversary = "model { type = mog-vae, spectralNormalization = true }";
        assertThat(sandbox.problems(adversary + ", train.stages = [{ name = decodr }]"))
                .hasSize(1)
                .allMatch(problem -> problem.contains("a stage whose name is"));
        assertThat(sandbox.problems(adversary + ", train.stages = [{ name = joint }]"))
                .hasSize(1)
                .allMatch(problem -> problem.contains("but no stage has an adversarialWeight"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    mog-vae ~ []                                                ~ 'is an empty list, must be a list of { name = autoencoder or encoder or decoder or joint, maxEpochs = number, ... }'
                    mog-vae ~ joint                                             ~ 'has an element that is "joint", must be { name = autoencoder or encoder or decoder or joint, ... }'
                    mog-vae ~ [{ name = joint }, { name = joint }]              ~ names joint twice, must name each once
                    vade    ~ [{ name = clustering }, { name = autoencoder }]   ~ 'has the stages clustering, autoencoder, must have them in the order autoencoder, clustering'
                    vade    ~ [{ name = autoencoder }, { name = fixed }]        ~ 'ends with fixed, must end with clustering'
                    """)
    void mistakesInTheListOfStagesAreTold(String type, String stages, String sentence) {
        assertThat(sandbox.problems("model.type = %s, train.stages = %s".formatted(type, stages)))
                .containsExactly("job.conf:2: train.stages " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    gan     ~ players = adam                                        ~ 'is "adam", must be a section { discriminator { optimizer { ... } }, generator { optimizer { ... } } }'
                    gan     ~ players { encoder { optimizer.type = adam } }         ~ 'has a player "encoder", must have discriminator, generator'
                    gan     ~ players { genrator { optimizer.type = adam } }        ~ 'has a player "genrator", must have discriminator, generator (did you mean generator?)'
                    vae-gan ~ players { encoder = adam }                            ~ 'has a player encoder that is "adam", must be a section: encoder { optimizer { ... } }'
                    vae-gan ~ players { encoder { type = adam } }                   ~ 'has a player encoder with "type", must have optimizer'
                    vae-gan ~ players { encoder { optimizer.learningRate = 0 } }    ~ 'has a player encoder whose optimizer.learningRate is 0, must be a number > 0'
                    vae-gan ~ players { encoder { optimizer.moments = reset } }     ~ 'has a player encoder with "optimizer.moments", must have type, learningRate, momentum, beta1, beta2, epsilon, weightDecay, clipNorm, schedule (did you mean momentum?)'
                    """)
    void mistakesInPlayersAreTold(String type, String players, String sentence) {
        assertThat(sandbox.problems("model.type = %s, train.%s".formatted(type, players)))
                .containsExactly("job.conf:2: train.players " + sentence);
    }
}
