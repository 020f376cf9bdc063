package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import io.github.sparklatent.ml.network.values.LikelihoodSetting.Spread;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of networks: which values are refused, with which sentence. */
class NetworkSettingsTest {
    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    /** Values that a class of this package or of the values reads. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    vae         ~ model.latent = 0                              ~ model.latent is 0, must be an integer >= 1
                    vae         ~ model.encoder = [500, 0]                      ~ model.encoder has a layer that is 0, must be an integer >= 1
                    vae         ~ model.encoder = [[500]]                       ~ model.encoder has a layer that is a list, must be an integer >= 1
                    vae         ~ model.decoder = wide                          ~ model.decoder is "wide", must be an integer >= 1
                    vae         ~ model.encoder = [{ conv = 32 }]               ~ model.encoder has a convolution without "kernel"
                    vae         ~ model.encoder = [{ conv = 32, kernel = 0 }]   ~ model.encoder has a convolution whose kernel is 0, must be an integer >= 1
                    vae         ~ model.encoder = [{ conv = 3, kernel = 3, padding = 3 }] ~ model.encoder has a convolution whose padding is 3, must be an integer >= 0 and <= 2
                    vae         ~ model.encoder = [{ conv = 3, kernl = 3 }]     ~ 'model.encoder has a convolution with "kernl", must have conv, kernel, stride, padding (did you mean kernel?)'
                    gan         ~ model.discriminator = []                      ~ 'model.discriminator is an empty list, must be a list, not empty, of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }'
                    vae         ~ model.image = [28, 28]                        ~ 'model.image is a list of 2, must be [channels, height, width], integers >= 1'
                    vae         ~ model.image = 28                              ~ 'model.image is 28, must be [channels, height, width], integers >= 1'
                    vae         ~ model.activation = rleu                       ~ 'model.activation is "rleu", must be one of linear, relu, leaky-relu, tanh, sigmoid, softplus, gelu'
                    vae         ~ model.likelihood = bernouli                   ~ 'model.likelihood is "bernouli", must be one of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, student-t (did you mean bernoulli?)'
                    vae         ~ model.likelihood { type = poisson, variance = 2 } ~ model.likelihood has a variance for poisson, which has none
                    vae         ~ model.likelihood { type = gaussian, variance = 0 } ~ 'model.likelihood has a likelihood whose variance is 0, must be a number > 0, learnt or output'
                    vae         ~ model.likelihood { type = gaussian, variance = big } ~ 'model.likelihood has a likelihood whose variance is "big", must be a number > 0, learnt or output'
                    vae         ~ model.likelihood = [{columns=a, likelihood=auto}] ~ 'model.likelihood has a group with the likelihood auto, which is for all columns: must be one of the others'
                    vae         ~ model.likelihood = []                         ~ 'model.likelihood is an empty list, must be one of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, student-t, { type = gaussian, variance = learnt }, or a list of { columns = [...], likelihood = ... }'
                    vae         ~ model.likelihood = [poisson]                  ~ 'model.likelihood has an element that is "poisson", must be { columns = [...], likelihood = ... }'
                    vae         ~ model.likelihood = [{ columns = a }]          ~ model.likelihood has a group without "likelihood"
                    vade        ~ model.start = overclustering                  ~ 'model.start is "overclustering", must be over-clustering or mixture (did you mean over-clustering?)'
                    gan         ~ model.labelSmoothing = 0.5                    ~ model.labelSmoothing is 0.5, must be a number >= 0 and < 0.5
                    vae         ~ train.batchSize = 0                           ~ train.batchSize is 0, must be an integer >= 1
                    vae         ~ train.outer = nesterov                        ~ train.outer is "nesterov", must be a section: train.outer { ... }
                    vae         ~ train.otimizer { type = adam }                ~ train.otimizer is not a key (did you mean train.optimizer?)
                    """)
    void aValueOutOfRangeIsRefused(String type, String line, String sentence) {
        isRefused(type, line, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    vae     ~ model.components = 3            ~ 'model.components is for gmm, mixture, mog-vae, vade and cluster-vae, not for vae'
                    vae     ~ train.maxRounds = 3             ~ 'train.maxRounds is for gmm, mixture, ppca and factor-analysis, not for vae'
                    ae      ~ model.beta = 2                  ~ model.beta is for vae and mog-vae, not for ae
                    ae      ~ model.importanceSamples = 100   ~ 'model.importanceSamples is for vae, dlgm, mog-vae, vade, cluster-vae and vae-gan, not for ae'
                    ae      ~ sample.noise = false            ~ 'sample.noise is for ppca, factor-analysis, vae, dlgm, mog-vae, vade and cluster-vae, not for ae'
                    gmm     ~ evaluate.features.model = x ~ 'evaluate is for ae, vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for gmm'
                    dlgm    ~ score.importanceSamples = 9     ~ 'score.importanceSamples is for vae and mog-vae, not for dlgm'
                    gan     ~ model.encoder = 3               ~ 'model.encoder is for ae, vae, dlgm, mog-vae, vade, cluster-vae and vae-gan, not for gan'
                    gan     ~ train.patience = 2              ~ 'train.patience is for ae, vae, dlgm, mog-vae, vade and cluster-vae, not for gan'
                    gan     ~ model.start = mixture           ~ 'model.start is for mog-vae, vade and cluster-vae, not for gan'
                    vae-gan ~ model.samples = 3               ~ 'model.samples is for vae, dlgm, mog-vae, vade and cluster-vae, not for vae-gan'
                    mog-vae ~ model.posterior = full          ~ 'model.posterior is for gmm and vae, not for mog-vae'
                    mog-vae ~ train.maxEpochs = 3             ~ 'train.maxEpochs is for ae, vae, dlgm, gan and vae-gan, not for mog-vae'
                    vade    ~ train.optimizer.schedule.type = linear ~ 'train.optimizer.schedule is for ae, vae, dlgm, mog-vae, gan and vae-gan, not for vade'
                    cluster-vae ~ model.priorCovariance = tied ~ 'model.priorCovariance is for mog-vae and vade, not for cluster-vae'
                    gan     ~ score.columns = latent          ~ 'score.columns is "latent", must be one of anomalyScore, realProbability, severity, isAnomaly, contributions'
                    vade    ~ score.columns = logDensity      ~ 'score.columns is "logDensity", must be one of probability, prediction, latent, latentVariance, reconstruction, reconstructionError, anomalyScore, severity, isAnomaly, contributions'
                    """)
    void aSettingOfAnotherTypeIsRefused(String type, String line, String sentence) {
        isRefused(type, line, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    vae     ~ train.optimizer { type = rmsprop, momentum = 0.5 }  ~ train.optimizer.momentum ~ train.optimizer.type is sgd
                    vae     ~ train.optimizer { type = sgd, beta1 = 0.5 }         ~ train.optimizer.beta1 ~ train.optimizer.type is adam or adamw
                    vae     ~ train.optimizer.schedule.factor = 0.5               ~ train.optimizer.schedule.factor ~ train.optimizer.schedule.type is step
                    vae     ~ train.optimizer.schedule { type = cosine, every = 0.5 } ~ train.optimizer.schedule.every ~ train.optimizer.schedule.type is step
                    vae     ~ train.optimizer.schedule { type = step, share = 0.5 } ~ train.optimizer.schedule.share ~ train.optimizer.schedule.type is cosine or linear
                    vae     ~ train.optimizer.schedule.least = 0.5                ~ train.optimizer.schedule.least ~ train.optimizer.schedule.type is cosine or linear
                    vae     ~ train { initialModel = m, optimizer { type = sgd, beta1 = 0.5 } } ~ train.optimizer.beta1 ~ train.optimizer.type is adam or adamw
                    """)
    void aValueWithoutEffectIsRefused(String type, String line, String key, String condition) {
        isRefused(type, line, key + " is 0.5, but it has no effect unless " + condition + ": remove it");
    }

    /** The rules of a record, and of settings of different records. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    vae         ~ data.invalid = keep, evaluate.features.model = x ~ 'data.invalid is keep, but evaluate.features compares complete rows: must be error or skip'
                    mog-vae     ~ data.invalid = keep, train.stages = [{ name = decoder, adversarialWeight = 0.1 }] ~ 'data.invalid is keep, but the discriminator of train.stages needs complete rows: must be error or skip, or adversarialWeight 0'
                    vae         ~ train { localSteps = 5, roundsPerEpoch = 2 }        ~ 'train.localSteps is 5, but train.roundsPerEpoch also sets the length of a round: remove one of the two'
                    vae         ~ train.patience = 3, data.holdout.fraction = 0       ~ 'train.patience is 3, but no rows are held out: set data.holdout.fraction > 0 or data.holdout.path'
                    vae         ~ model.gradient = score-function                     ~ 'model.gradient is score-function, but model.samples is 1: each sample is compared with the others, so there must be at least 2'
                    vae         ~ model.objective = iwae                              ~ 'model.objective is iwae, but model.samples is 1: must be at least 2, or model.objective elbo'
                    vae         ~ model { objective = iwae, samples = 5, gradient = score-function } ~ 'model.gradient is score-function, but model.objective is iwae: must be reparameterized'
                    vae         ~ model.likelihood = poisson, data.scale = standard   ~ 'data.scale is standard, but the scaled values are not valid for model.likelihood = poisson'
                    vade        ~ model.likelihood = bernoulli, data.scale = standard ~ 'data.scale is standard, but the scaled values are not valid for model.likelihood = bernoulli'
                    gan         ~ model.likelihood { type = gaussian, variance = 2 }  ~ 'model.likelihood has a variance, but a generated row is only the mean: must be gaussian without a variance'
                    vae-gan     ~ model.likelihood { type = gaussian, variance = learnt } ~ 'model.likelihood has a learnt variance, but a vae-gan compares rows on the discriminator''s features: must be a number'
                    vae         ~ model.corruption.type = masking                     ~ 'model.corruption.type is masking, but model.corruption.level is 0: must be above 0'
                    vae         ~ model.corruption { type = masking, level = 1.5 }    ~ 'model.corruption.level is 1.5, but model.corruption.type is masking: must be a share below 1'
                    ae          ~ model.corruption.level = 0.2                        ~ 'model.corruption.level is 0.2, but model.corruption.type is none: must be 0'
                    vae         ~ model.encoder = [{ conv = 8, kernel = 3 }]          ~ 'model.encoder has a convolution, which needs model.image = [channels, height, width]'
                    gan         ~ model.discriminator = [{ conv = 8, kernel = 3 }]    ~ 'model.discriminator has a convolution, which needs model.image = [channels, height, width]'
                    vae         ~ model { encoder = [9, { conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.encoder has a convolution after a dense layer: must be before it'
                    gan         ~ model { decoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] } ~ 'model.decoder has a convolution before a dense layer: must be after it'
                    gan         ~ model { discriminator = [9, { conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.discriminator has a convolution after a dense layer: must be before it'
                    cluster-vae ~ model { classifier = [{ conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.classifier has a convolution, but the input is a latent code, not an image: must be widths'
                    mog-vae     ~ model.discriminator = [5]                           ~ model.discriminator is set, but no stage has an adversarialWeight > 0; remove it
                    mog-vae     ~ train.discriminatorLearningRate = 0.1    ~ train.discriminatorLearningRate is set, but no stage has an adversarialWeight > 0; remove it
                    vade        ~ train { initialModel = m, restarts = 3 }            ~ 'train.restarts is 3, but train.initialModel already has clusters: remove one of the two'
                    cluster-vae ~ train { restarts = 3, stages = [{ name = clustering }] } ~ 'train.restarts is 3, but train.stages has no stage autoencoder, whose latent codes would be clustered'
                    vae         ~ evaluate.features.layer = y                         ~ 'evaluate.features.layer is y, but evaluate.features.model is not set'
                    vae         ~ evaluate.features.layer = y                         ~ 'evaluate.features.layer is y, but evaluate.features.model is not set'
                    vae         ~ data.labels = x                                     ~ 'data.labels is for data.format = idx, found parquet'
                    vae         ~ data { format = idx, labels = [x, y] }              ~ 'data.labels names 2 files, but data.path 1: must name one for each'
                    vae         ~ data { format = idx, holdout.labels = x }           ~ 'data.holdout.labels names 1 files, but data.holdout.path 0: must name one for each'
                    vae         ~ data { format = idx, path = [a, a], labels = x }    ~ 'data.path names a twice, must name each once'
                    """)
    void aContradictionIsRefused(String type, String line, String sentence) {
        isRefused(type, line, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ae", "dlgm", "vade", "cluster-vae", "gan", "vae-gan"})
    void completeRowsAreRequired(String type) {
        isRefused(
                type,
                "data.invalid = keep",
                "data.invalid is keep, but "
                        + type
                        + " needs complete rows: must be error or skip, or model.type vae or"
                        + " mog-vae");
    }

    private void isRefused(String type, String line, String sentence) {
        assertThat(sandbox.problems("model.type = " + type + ", " + line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.type = vae, train.localSteps = 5",
                "model.type = vae, data.invalid = keep",
                "model.type = mog-vae, data.invalid = keep",
                "model { type = vae, gradient = score-function, samples = 2 }",
                "model { type = vae, objective = iwae, samples = 50, beta = 0.5 }",
                "model { type = vae, likelihood = bernoulli }",
                "model { type = vae, likelihood = bernoulli }, data.scale = minmax",
                "model { type = vae, encoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] }",
                "data { format = idx, labels = x }, model { type = vae, encoder = [{ conv = 8," + " kernel = 3 }, 9] }",
                "model.type = vae, train.optimizer { type = sgd, momentum = 0.5 }",
                "model.type = vae, train.outer { type = average, movingAverage = 1 }",
                "model { type = vae, likelihood = [{ columns = a, likelihood = poisson }, { columns"
                        + " = b, likelihood = gaussian }] }, data.scale = standard",
                "model { type = mog-vae, components = 2, samples = 3, corruption { type = masking,"
                        + " level = 0.2 } }",
                "model { type = mog-vae, discriminator = [5] }, train.stages = [{ name = decoder,"
                        + " adversarialWeight = 1 }]",
                "model { type = vade, informationWeight = 0, start = mixture }",
                "model { type = cluster-vae, classifier = [] }",
                "model { type = vae-gan, likelihood { type = gaussian, variance = 0.1 } }",
                "model { type = gan, likelihood = [{ columns = a, likelihood = poisson }, { columns"
                        + " = b, likelihood = gaussian }] }",
                "model.type = ae, evaluate.features { model = x, layer = encoder.0" + " }",
                "model.type = gan, evaluate.features { model = x }",
            })
    void othersAreAccepted(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }

    @Test
    void aLikelihoodIsANameASectionOrAList() {
        assertThat(likelihood("poisson")).containsExactly(LikelihoodSetting.of("poisson"));
        assertThat(likelihood("{ type = gaussian, variance = 0.25 }"))
                .containsExactly(new LikelihoodSetting(List.of(), "gaussian", Spread.FIXED, 0.25));
        assertThat(likelihood("{ type = gaussian, variance = learnt }"))
                .containsExactly(new LikelihoodSetting(List.of(), "gaussian", Spread.LEARNT, 1));
        assertThat(likelihood("[{ columns = [a, \"b*\"], likelihood = poisson }, { columns = c,"
                        + " likelihood { type = gaussian, variance = output } }]"))
                .containsExactly(
                        new LikelihoodSetting(List.of("a", "b*"), "poisson", Spread.FIXED, 1),
                        new LikelihoodSetting(List.of("c"), "gaussian", Spread.OUTPUT, 1));
    }

    private List<LikelihoodSetting> likelihood(String value) {
        return sandbox.load(Sandbox.COMPLETE + "model.type = vae, model.likelihood = " + value)
                .settings()
                .bind(NetworkShape.DEFAULT)
                .likelihood();
    }

    @Test
    void theDryRunIsAConfigurationOfTheSameValues() {
        JobConfiguration first = sandbox.load(Sandbox.COMPLETE
                + "model { type = vae, encoder = [{ conv = 8, kernel = 3 }, 16],"
                + " decoder = [], image = [3, 8, 9] }\n"
                + "model.likelihood = [{ columns = [a, \"b c\"], likelihood ="
                + " poisson }, { columns = \"x*\", likelihood { type = gaussian,"
                + " variance = 0.1 } }]");
        JobConfiguration second = sandbox.load(first.settings().text());
        assertThat(second.settings().asMap()).isEqualTo(first.settings().asMap());
        assertThat(first.settings().schema().keys())
                .allSatisfy(key -> assertThat((Object) second.settings().find(key))
                        .isEqualTo(first.settings().find(key)));
    }
}
