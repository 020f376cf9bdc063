package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.config.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of mixture, clustering and adversarial networks that are wrong together. */
class LatentConflictsTest {
    @TempDir private Path directory;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    mog-vae     ~ data.invalid = keep                                 ~ 'data.invalid is keep, but a network cannot hold missing values: must be error or skip'
                    mog-vae     ~ model.discriminator = [5]                           ~ model.discriminator is given, but no stage has an adversarialWeight > 0: must go
                    mog-vae     ~ model.labelSmoothing = 0.1                          ~ model.labelSmoothing is given, but no stage has an adversarialWeight > 0: must go
                    mog-vae     ~ train.players.discriminator.optimizer.type = sgd    ~ train.players is given, but no stage has an adversarialWeight > 0: must go
                    mog-vae     ~ train.stages = [{ name = joint, patience = 3 }], data.holdout.fraction = 0 ~ 'train.stages, joint: train.patience is 3, but no rows are held out: data.holdout needs a fraction > 0 or a path'
                    mog-vae     ~ train.stages = [{ name = joint, optimizer { type = rmsprop, momentum = 0.5 } }] ~ 'train.stages, joint: train.optimizer.momentum is 0.5, but train.optimizer.type is rmsprop, which has none'
                    mog-vae     ~ train.stages = [{ name = joint, localSteps = 3, roundsPerEpoch = 2 }] ~ 'train.stages, joint: train.localSteps is 3, but train.roundsPerEpoch says already how long a round is: one of the two must go'
                    mog-vae     ~ train.optimizer.momentum = 0.5                      ~ 'train.optimizer.momentum is 0.5, but train.optimizer.type is adam, which has none'
                    gan         ~ train.players.generator.optimizer.momentum = 0.5    ~ 'train.players, generator: train.optimizer.momentum is 0.5, but train.optimizer.type is adam, which has none'
                    gan         ~ model.likelihood { type = gaussian, variance = 2 }  ~ 'model.likelihood has a variance, but a generator''s row is the mean alone: must be gaussian without one'
                    vae-gan     ~ model.likelihood { type = gaussian, variance = learnt } ~ 'model.likelihood has a variance to be learnt, but a vae-gan compares rows by what the discriminator makes of them: must be a number'
                    gan         ~ model.discriminator = [{ conv = 8, kernel = 3 }]    ~ 'model.discriminator has a convolution, which needs model.image = [channels, height, width]'
                    gan         ~ model { discriminator = [9, { conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.discriminator has a convolution behind a dense layer: must be before it'
                    gan         ~ model { decoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] } ~ 'model.decoder has a convolution before a dense layer: must be behind it'
                    cluster-vae ~ model { classifier = [{ conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.classifier has a convolution, but what it sees is a code, not an image: must be widths'
                    vade        ~ model.clusterShares = [1, 2]                        ~ 'model.clusterShares has 2 shares, but model.components is 10: must have one for each'
                    vade        ~ model { components = 2, clusterShares = [1, 2], informationWeight = 0 } ~ 'model.clusterShares is given, but model.informationWeight is 0: nothing would pull the clusters there'
                    vade        ~ model.crossEntropyWeight = 3, train.stages = [{ name = autoencoder }, { name = clustering }] ~ 'model.crossEntropyWeight is 3, but train.stages has no stage fixed, the only one with such a weight'
                    vade        ~ train.stages = [{ name = fixed }, { name = clustering }]  ~ 'train.stages has no stage autoencoder, must have one where there is no train.initialModel'
                    vade        ~ train { initialModel = m, restarts = 3 }            ~ 'train.restarts is 3, but train.initialModel has its clusters already: one of the two must go'
                    vade        ~ train { initialModel = m, stages = [{ name = fixed }, { name = clustering }] } ~ 'train.stages has the stages fixed, clustering, but train.initialModel has its clusters already: must be clustering alone'
                    cluster-vae ~ train.stages = [{ name = fixed }, { name = clustering }]  ~ 'train.stages has no stage autoencoder, must have one where there is no train.initialModel'
                    cluster-vae ~ train { restarts = 3, stages = [{ name = clustering }] } ~ 'train.restarts is 3, but train.stages has no stage autoencoder, among whose codes clusters are looked for'
                    mog-vae     ~ train { restarts = 3, stages = [{ name = joint }] } ~ 'train.restarts is 3, but train.stages has no stage autoencoder, among whose codes clusters are looked for'
                    mog-vae     ~ train.stages = [{ name = joint }, { name = autoencoder }] ~ 'train.stages has the stages joint, autoencoder: autoencoder must be the first of several'
                    mog-vae     ~ train.stages = [{ name = autoencoder }] ~ 'train.stages has the stages autoencoder: autoencoder must be the first of several'
                    mog-vae     ~ train { initialModel = m, stages = [{ name = autoencoder }, { name = joint }] } ~ 'train.stages has a stage autoencoder, but train.initialModel has its clusters already: one of the two must go'
                    mog-vae     ~ train { initialModel = m, startRows = 300 }           ~ 'train.startRows is 300, but train.initialModel has its clusters already: one of the two must go'
                    vade        ~ train.startRows = 5                                 ~ 'train.startRows is 5, but model.components is 10: must be one row for each at least'
                    mog-vae     ~ train.stages = [{ name = decoder, adversarialWeight = 1, patience = 3 }] ~ 'train.patience is 3, but stage decoder plays a game, so no round of it is the best: must be 0 there'
                    vade        ~ train.stages = [{ name = autoencoder, patience = 1 }, { name = fixed, patience = 3 }, { name = clustering }] ~ 'train.patience is 3, but stage fixed follows clusters that are fixed, not the held-out loss, so no round of it is the best: must be 0 there'
                    cluster-vae ~ train { patience = 3, stages = [{ name = clustering }] } ~ 'train.patience is 3, but stage clustering raises the mutual information of model.informationWeight, which is not in the held-out loss, so no round of it is the best: must be 0 there'
                    vade        ~ train.outer.momentum = 0.5                          ~ 'train.outer.momentum is 0.5, but train.outer.type is average, which has none'
                    vade        ~ model.likelihood = bernoulli, data.scale = standard ~ 'data.scale is standard, which leaves no values that model.likelihood = bernoulli can be of'
                    """)
    void areTold(String type, String line, String sentence) {
        assertThat(sandbox.problems("model.type = " + type + ", " + line))
                .containsExactly("job.conf:2: " + sentence);
    }

    @Test
    void standWhereTheStageSaysThem() {
        String text =
                """
                model.type = mog-vae
                train.stages = [
                  { name = encoder }
                  { name = joint
                    optimizer.beta1 = 0.5
                    optimizer.type = sgd }
                ]
                """;
        assertThat(sandbox.problems(text))
                .containsExactly(
                        "job.conf:6: train.stages, joint: train.optimizer.beta1 is 0.5, but"
                                + " train.optimizer.type is sgd, which has none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model { type = mog-vae, discriminator = [5] }, train.stages = [{ name = decoder,"
                        + " adversarialWeight = 1 }]",
                "model.type = mog-vae, train { optimizer.beta1 = 0.8, stages = [{ name = joint,"
                        + " optimizer.type = sgd }] }",
                "model.type = mog-vae, train { roundsPerEpoch = 2, stages = [{ name = joint,"
                        + " localSteps = 3 }] }",
                "model.type = mog-vae, train.stages = [{ name = joint, patience = 3 }]",
                "model { type = cluster-vae, informationWeight = 0 }, train { patience = 3, stages"
                        + " = [{ name = clustering }] }",
                "model.type = vade, train { patience = 3, stages = [{ name = autoencoder }, { name"
                        + " = clustering, patience = 0 }] }",
                "model { type = mog-vae, components = 2, samples = 3, corruption { type = masking,"
                        + " level = 0.2 } }",
                "model { type = vade, crossEntropyWeight = 0 }",
                "model { type = cluster-vae, informationWeight = 0 }, train.stages = [{ name ="
                        + " clustering }]",
                "model.type = mog-vae, train { initialModel = m, stages = [{ name = joint }] }",
                "model.type = vade, train { initialModel = m, stages = [{ name = clustering }] }",
                "model { type = vade, informationWeight = 0, start = mixture }",
                "model { type = vae-gan, likelihood { type = gaussian, variance = 0.1 } }",
                "model { type = gan, likelihood = [{ columns = a, likelihood = poisson }, { columns"
                        + " = b, likelihood = gaussian }] }",
                "model.type = gan, train.players.generator.optimizer { type = sgd, momentum = 0.5 }"
            })
    void areOnlyWhatContradictsItself(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }
}
