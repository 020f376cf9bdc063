package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.config.InSandbox;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting.Spread;
import io.github.sparklatent.nn.likelihood.LikelihoodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of networks: which values are refused, and which keys the sentence names. */
class NetworkSettingsTest extends InSandbox {
    /** Values out of range, of other types, without effect, and contradictions. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    vae         ~ model.encoder = [500, 0]                      ~ model.encoder has a layer that is 0
                    vae         ~ model.encoder = [{ conv = 32 }]               ~ model.encoder has a convolution without "kernel"
                    vae         ~ model.encoder = [{ conv = 32, kernel = 0 }]   ~ model.encoder has a convolution whose kernel is 0
                    vae         ~ model.encoder = [{ conv = 3, kernel = 3, padding = 3 }] ~ model.encoder has a convolution whose padding is 3
                    vae         ~ model.encoder = [{ conv = 3, kernl = 3 }]     ~ model.encoder has a convolution with "kernl"
                    gan         ~ model.discriminator = []                      ~ model.discriminator is an empty list
                    vae         ~ model.image = [28, 28]                        ~ model.image is a list of 2
                    vae         ~ model.activation = rleu                       ~ model.activation is "rleu"
                    vae         ~ model.likelihood = bernouli                   ~ model.likelihood is "bernouli"
                    vae         ~ model.likelihood { type = poisson, variance = 2 } ~ model.likelihood has a variance for poisson
                    vae         ~ model.likelihood { type = gaussian, variance = 0 } ~ model.likelihood has a likelihood whose variance is 0
                    vae         ~ model.likelihood = [{columns=a, likelihood=auto}] ~ model.likelihood has a group with the likelihood auto
                    vae         ~ model.likelihood = []                         ~ model.likelihood is an empty list
                    vae         ~ model.likelihood = [poisson]                  ~ model.likelihood has an element that is "poisson"
                    vae         ~ model.likelihood = [{ columns = a }]          ~ model.likelihood has a group without "likelihood"
                    vade        ~ model.start = overclustering                  ~ model.start is "overclustering"
                    gan         ~ model.labelSmoothing = 0.5                    ~ model.labelSmoothing is 0.5
                    vae     ~ model.components = 3            ~ model.components is for gmm
                    ae      ~ model.importanceSamples = 100   ~ model.importanceSamples is for vae
                    gmm     ~ evaluate.features.model = x ~ evaluate is for ae
                    gan     ~ model.start = mixture           ~ model.start is for mog-vae
                    mog-vae ~ train.maxEpochs = 3             ~ train.maxEpochs is for ae
                    vade    ~ train.optimizer.schedule.type = linear ~ train.optimizer.schedule is for ae
                    cluster-vae ~ model.priorCovariance = full ~ model.priorCovariance is "full"
                    gan     ~ score.columns = latent          ~ score.columns is "latent"
                    vade    ~ score.columns = logDensity      ~ score.columns is "logDensity"
                    vae     ~ train.optimizer { type = rmsprop, momentum = 0.5 }  ~ train.optimizer.momentum is 0.5, but it has no effect unless train.optimizer.type is sgd
                    vae     ~ train.optimizer { type = sgd, beta1 = 0.5 }         ~ train.optimizer.beta1 is 0.5, but it has no effect unless train.optimizer.type is adam or adamw
                    vae     ~ train.optimizer.schedule.factor = 0.5               ~ train.optimizer.schedule.factor is 0.5, but it has no effect unless train.optimizer.schedule.type is step or plateau
                    vae     ~ train.optimizer.schedule.type = plateau, data.holdout.fraction = 0 ~ train.optimizer.schedule.type is plateau, but no rows are held out
                    gan     ~ train.optimizer.schedule.type = plateau             ~ train.optimizer.schedule.type is plateau, but the held-out loss of a game
                    vae     ~ train.optimizer.weightDecay = 0.1                   ~ train.optimizer.weightDecay is 0.1, but it has no effect unless train.optimizer.type is adamw
                    vae     ~ train.optimizer.schedule.finalRatio = 0.5                ~ train.optimizer.schedule.finalRatio is 0.5, but it has no effect unless train.optimizer.schedule.type is cosine or linear
                    vae         ~ data.invalid = keep, evaluate.features.model = x ~ data.invalid is keep, but evaluate.features
                    mog-vae     ~ data.invalid = keep, train.stages = [{ name = decoder, adversarialWeight = 0.1 }] ~ data.invalid is keep, but the discriminator
                    vae         ~ train.patience = 3, data.holdout.fraction = 0       ~ train.patience is 3, but no rows
                    vae         ~ model.gradient = score-function                     ~ model.gradient is score-function, but model.samples
                    vae         ~ model { likelihood = bernoulli, binarize = true, condition = [x] } ~ model.condition is set, but model.binarize
                    ae          ~ model { likelihood = [{ columns = x, likelihood = bernoulli }], binarize = true } ~ model.binarize is true, but model.likelihood
                    vae         ~ model.objective = iwae                              ~ model.objective is iwae, but model.samples
                    vae         ~ model { objective = iwae, samples = 5, gradient = score-function } ~ model.gradient is score-function, but model.objective
                    vae         ~ model.likelihood = poisson, data.scale = standard   ~ data.scale is standard, but the scaled
                    gan         ~ model.likelihood { type = gaussian, variance = 2 }  ~ model.likelihood has a variance, but a
                    vae-gan     ~ model.likelihood { type = gaussian, variance = learnt } ~ model.likelihood has a learnt variance, but a
                    vae         ~ model.corruption.type = masking                     ~ model.corruption.type is masking, but model.corruption.level
                    vae         ~ model.corruption { type = masking, level = 1.5 }    ~ model.corruption.level is 1.5, but model.corruption.type
                    ae          ~ model { likelihood = categorical, corruption { type = masking, level = 0.2 } } ~ model.corruption.type is set, but counts
                    ae          ~ model.corruption.level = 0.2                        ~ model.corruption.level is 0.2, but model.corruption.type
                    vae         ~ model.encoder = [{ conv = 8, kernel = 3 }]          ~ model.encoder has a convolution
                    vae         ~ model { encoder = [9, { conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ model.encoder has a convolution after a dense layer
                    gan         ~ model { decoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] } ~ model.decoder has a convolution before a dense layer
                    cluster-vae ~ model { classifier = [{ conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ model.classifier has a convolution, but the input
                    mog-vae     ~ model.discriminator = [5]                           ~ model.discriminator is set, but no
                    mog-vae     ~ train.discriminatorLearningRate = 0.1    ~ train.discriminatorLearningRate is set, but no
                    cluster-vae ~ train { restarts = 3, stages = [{ name = clustering }] } ~ train.restarts is 3, but train.stages
                    vae         ~ evaluate.features.layer = y                         ~ evaluate.features.layer is y, but evaluate.features.model
                    vae         ~ data.labels = x                                     ~ data.labels is for data.format = idx
                    vae         ~ data { format = idx, labels = [x, y] }              ~ data.labels names 2 files, but data.path
                    vae         ~ data { format = idx, holdout.labels = x }           ~ data.holdout.labels names 1 files, but data.holdout.path
                    """)
    void othersAreRefused(String type, String line, String beginning) {
        assertThat(sandbox.problems("model.type = " + type + ", " + line))
                .singleElement()
                .asString()
                .startsWith("job.conf:2: " + beginning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ae", "dlgm", "vade", "cluster-vae", "gan", "vae-gan"})
    void completeRowsAreRequired(String type) {
        othersAreRefused(type, "data.invalid = keep", "data.invalid is keep, but " + type + " needs complete rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.type = vae, data.invalid = keep",
                "model.type = mog-vae, data.invalid = keep",
                "model { type = vae, gradient = score-function, samples = 2 }",
                "model { type = vae, objective = iwae, samples = 50, beta = 0.5 }",
                "model { type = vae, likelihood = bernoulli }, data.scale = minmax",
                "model { type = vae, encoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] }",
                "data { format = idx, labels = x }, model { type = vae, encoder = [{ conv = 8," + " kernel = 3 }, 9] }",
                "model { type = vae, likelihood = [{ columns = a, likelihood = poisson }, { columns"
                        + " = b, likelihood = gaussian }] }, data.scale = standard",
                "model { type = mog-vae, components = 2, samples = 3, corruption { type = masking,"
                        + " level = 0.2 } }",
                "model { type = mog-vae, discriminator = [5] }, train.stages = [{ name = decoder,"
                        + " adversarialWeight = 1 }]",
                "model { type = vade, informationWeight = 0, start = mixture }",
                "model { type = vae-gan, likelihood { type = gaussian, variance = 0.1 } }",
                "model { type = vae-gan, reconstructionWeight = 1e-6 }",
                "model { type = gan, likelihood = [{ columns = a, likelihood = poisson }, { columns"
                        + " = b, likelihood = gaussian }] }",
                "model.type = ae, evaluate.features { model = x, layer = encoder.0" + " }",
            })
    void othersAreAccepted(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }

    @Test
    void aLikelihoodIsANameASectionOrAList() {
        assertThat(likelihood("poisson")).containsExactly(LikelihoodSetting.of(LikelihoodType.POISSON));
        assertThat(likelihood("{ type = gaussian, variance = 0.25 }"))
                .containsExactly(new LikelihoodSetting(List.of(), LikelihoodType.GAUSSIAN, Spread.FIXED, 0.25));
        assertThat(likelihood("{ type = gaussian, variance = learnt }"))
                .containsExactly(new LikelihoodSetting(List.of(), LikelihoodType.GAUSSIAN, Spread.LEARNT, 1));
        assertThat(likelihood("[{ columns = [a, \"b*\"], likelihood = poisson }, { columns = c,"
                        + " likelihood { type = gaussian, variance = output } }]"))
                .containsExactly(
                        new LikelihoodSetting(List.of("a", "b*"), LikelihoodType.POISSON, Spread.FIXED, 1),
                        new LikelihoodSetting(List.of("c"), LikelihoodType.GAUSSIAN, Spread.OUTPUT, 1));
    }

    private List<LikelihoodSetting> likelihood(String value) {
        return sandbox.load(Sandbox.COMPLETE + "model.type = vae, model.likelihood = " + value)
                .settings()
                .bind(NetworkShape.DEFAULT)
                .likelihood();
    }
}
