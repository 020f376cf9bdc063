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
                    vade        ~ data.invalid = keep                                 ~ 'data.invalid is keep, but vade needs complete rows: must be error or skip, or model.type vae or mog-vae'
                    mog-vae     ~ model.discriminator = [5]                           ~ model.discriminator is set, but no stage has an adversarialWeight > 0; remove it
                    mog-vae     ~ model.labelSmoothing = 0.1                          ~ model.labelSmoothing is set, but no stage has an adversarialWeight > 0; remove it
                    mog-vae     ~ train.players.discriminator.optimizer.type = sgd    ~ train.players is set, but no stage has an adversarialWeight > 0; remove it
                    mog-vae     ~ train.stages = [{ name = joint, patience = 3 }], data.holdout.fraction = 0 ~ 'train.stages, joint: train.patience is 3, but no rows are held out: set data.holdout.fraction > 0 or data.holdout.path'
                    mog-vae     ~ train.stages = [{ name = joint, optimizer { type = rmsprop, momentum = 0.5 } }] ~ 'train.stages, joint: train.optimizer.momentum is 0.5, but has no effect because train.optimizer.type is rmsprop'
                    mog-vae     ~ train.stages = [{ name = joint, localSteps = 3, roundsPerEpoch = 2 }] ~ 'train.stages, joint: train.localSteps is 3, but train.roundsPerEpoch also sets the length of a round: remove one of the two'
                    mog-vae     ~ train.optimizer.momentum = 0.5                      ~ 'train.optimizer.momentum is 0.5, but has no effect because train.optimizer.type is adam'
                    gan         ~ train.players.generator.optimizer.momentum = 0.5    ~ 'train.players, generator: train.optimizer.momentum is 0.5, but has no effect because train.optimizer.type is adam'
                    gan         ~ model.likelihood { type = gaussian, variance = 2 }  ~ 'model.likelihood has a variance, but a generated row is only the mean: must be gaussian without a variance'
                    vae-gan     ~ model.likelihood { type = gaussian, variance = learnt } ~ 'model.likelihood has a learnt variance, but a vae-gan compares rows on the discriminator''s features: must be a number'
                    gan         ~ model.discriminator = [{ conv = 8, kernel = 3 }]    ~ 'model.discriminator has a convolution, which needs model.image = [channels, height, width]'
                    gan         ~ model { discriminator = [9, { conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.discriminator has a convolution after a dense layer: must be before it'
                    gan         ~ model { decoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] } ~ 'model.decoder has a convolution before a dense layer: must be after it'
                    cluster-vae ~ model { classifier = [{ conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.classifier has a convolution, but the input is a latent code, not an image: must be widths'
                    vade        ~ model.clusterShares = [1, 2]                        ~ 'model.clusterShares has 2 shares, but model.components is 10: must have one for each'
                    vade        ~ model { components = 2, clusterShares = [1, 2], informationWeight = 0 } ~ 'model.clusterShares is set, but model.informationWeight is 0, so the shares would have no effect'
                    vade        ~ model.crossEntropyWeight = 3, train.stages = [{ name = autoencoder }, { name = clustering }] ~ 'model.crossEntropyWeight is 3, but train.stages has no stage fixed, the only one that uses it'
                    vade        ~ train.stages = [{ name = fixed }, { name = clustering }]  ~ 'train.stages has no stage autoencoder, must have one because train.initialModel is not set'
                    vade        ~ train { initialModel = m, restarts = 3 }            ~ 'train.restarts is 3, but train.initialModel already has clusters: remove one of the two'
                    vade        ~ train { initialModel = m, stages = [{ name = fixed }, { name = clustering }] } ~ 'train.stages has the stages fixed, clustering, but train.initialModel already has clusters: must be clustering only'
                    cluster-vae ~ train.stages = [{ name = fixed }, { name = clustering }]  ~ 'train.stages has no stage autoencoder, must have one because train.initialModel is not set'
                    cluster-vae ~ train { restarts = 3, stages = [{ name = clustering }] } ~ 'train.restarts is 3, but train.stages has no stage autoencoder, whose latent codes would be clustered'
                    mog-vae     ~ train { restarts = 3, stages = [{ name = joint }] } ~ 'train.restarts is 3, but train.stages has no stage autoencoder, whose latent codes would be clustered'
                    mog-vae     ~ train.stages = [{ name = joint }, { name = autoencoder }] ~ 'train.stages has the stages joint, autoencoder: autoencoder must be the first of at least two stages'
                    mog-vae     ~ train.stages = [{ name = autoencoder }] ~ 'train.stages has the stages autoencoder: autoencoder must be the first of at least two stages'
                    mog-vae     ~ train { initialModel = m, stages = [{ name = autoencoder }, { name = joint }] } ~ 'train.stages has a stage autoencoder, but train.initialModel already has clusters: remove one of the two'
                    mog-vae     ~ train { initialModel = m, startRows = 300 }           ~ 'train.startRows is 300, but train.initialModel already has clusters: remove one of the two'
                    vade        ~ train.startRows = 5                                 ~ 'train.startRows is 5, but model.components is 10: must be at least one row for each component'
                    mog-vae     ~ train.stages = [{ name = decoder, adversarialWeight = 1, patience = 3 }] ~ 'train.patience is 3, but stage decoder is adversarial, so it has no best round: must be 0 there'
                    vade        ~ train.stages = [{ name = autoencoder, patience = 1 }, { name = fixed, patience = 3 }, { name = clustering }] ~ 'train.patience is 3, but stage fixed fits fixed clusters, not the held-out loss, so it has no best round: must be 0 there'
                    cluster-vae ~ train { patience = 3, stages = [{ name = clustering }] } ~ 'train.patience is 3, but stage clustering uses model.informationWeight, which is not part of the held-out loss, so it has no best round: must be 0 there'
                    vade        ~ train.outer.momentum = 0.5                          ~ 'train.outer.momentum is 0.5, but has no effect because train.outer.type is average'
                    vade        ~ model.likelihood = bernoulli, data.scale = standard ~ 'data.scale is standard, but the scaled values are not valid for model.likelihood = bernoulli'
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
                        "job.conf:6: train.stages, joint: train.optimizer.beta1 is 0.5, but has no"
                                + " effect because train.optimizer.type is sgd");
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
