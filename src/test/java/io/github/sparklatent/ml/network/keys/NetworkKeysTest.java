package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import io.github.sparklatent.ml.network.values.LikelihoodSetting.Spread;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of networks: what they become, and what is said of values that do not fit. */
class NetworkKeysTest {
    private static final String VAE = "model.type = vae, ";

    @TempDir private Path directory;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    private JobConfiguration load(String text) {
        return sandbox.load(Sandbox.COMPLETE + text);
    }

    private List<LikelihoodSetting> likelihood(String value) {
        return load(VAE + "model.likelihood = " + value).settings().get(NetworkKeys.LIKELIHOOD);
    }

    @Test
    void everyKeyOfTheModelIsRead() {
        JobConfiguration configuration =
                load(
                        """
                        model { type = vae, latent = 20, activation = tanh, image = [1, 28, 28] }
                        model.encoder = [{ conv = 32, kernel = 4, stride = 2, padding = 1 }, 500]
                        model.decoder = [200, 300]
                        model { likelihood = bernoulli, binarize = true, beta = 0.5, betaWarmUpEpochs = 3 }
                        model { samples = 5, gradient = score-function, freeBits = 0.1, importanceSamples = 100 }
                        model.corruption { type = masking, level = 0.25 }
                        sample.noise = false
                        """);
        Settings settings = configuration.settings();
        assertThat(configuration.type()).isEqualTo(NetworkModelTypes.VAE);
        assertThat(settings.get(NetworkKeys.LATENT)).isEqualTo(20);
        assertThat(settings.get(NetworkKeys.ENCODER))
                .containsExactly(new LayerSetting(32, 4, 2, 1), LayerSetting.dense(500));
        assertThat(settings.find(NetworkKeys.DECODER))
                .contains(List.of(LayerSetting.dense(200), LayerSetting.dense(300)));
        assertThat(settings.find(NetworkKeys.IMAGE)).contains(List.of(1, 28, 28));
        assertThat(settings.get(NetworkKeys.ACTIVATION)).isEqualTo("tanh");
        assertThat(settings.get(NetworkKeys.LIKELIHOOD))
                .containsExactly(new LikelihoodSetting(List.of(), "bernoulli", Spread.FIXED, 1));
        assertThat(settings.get(NetworkKeys.BINARIZE)).isTrue();
        assertThat(settings.get(NetworkKeys.CORRUPTION)).isEqualTo("masking");
        assertThat(settings.get(NetworkKeys.CORRUPTION_LEVEL)).isEqualTo(0.25);
        assertThat(settings.get(VariationalKeys.OBJECTIVE)).isEqualTo("elbo");
        assertThat(settings.get(VariationalKeys.GRADIENT)).isEqualTo("score-function");
        assertThat(settings.get(VariationalKeys.SAMPLES)).isEqualTo(5);
        assertThat(settings.get(VariationalKeys.BETA)).isEqualTo(0.5);
        assertThat(settings.get(VariationalKeys.BETA_WARM_UP)).isEqualTo(3);
        assertThat(settings.get(VariationalKeys.FREE_BITS)).isEqualTo(0.1);
        assertThat(settings.get(VariationalKeys.IMPORTANCE_SAMPLES)).isEqualTo(100);
        assertThat(configuration.sample().noise()).isFalse();
    }

    @Test
    void everyKeyOfTheTrainingIsRead() {
        JobConfiguration configuration =
                load(
                        """
                        model.type = ae
                        train { maxEpochs = 2.5, localSteps = 7, batchSize = 16, patience = 3, evaluateEvery = 4 }
                        train.optimizer { type = adamw, learningRate = 0.1, beta1 = 0.8, beta2 = 0.7, epsilon = 1e-4 }
                        train.optimizer { weightDecay = 0.2, clipNorm = 5, moments = reset }
                        train.optimizer.schedule { type = cosine, share = 0.5, least = 0.02, warmUpEpochs = 1 }
                        train.outer { type = adam, learningRate = 0.3, momentum = 0.4, beta2 = 0.5, epsilon = 0.6 }
                        train.outer { warmUpEpochs = 2, movingAverage = 1 }
                        """);
        Settings settings = configuration.settings();
        assertThat(settings.get(AveragingKeys.MAX_EPOCHS)).isEqualTo(2.5);
        assertThat(settings.find(AveragingKeys.ROUNDS_PER_EPOCH)).isEmpty();
        assertThat(settings.find(AveragingKeys.LOCAL_STEPS)).contains(7);
        assertThat(settings.find(AveragingKeys.BATCH_SIZE)).contains(16);
        assertThat(settings.get(AveragingKeys.PATIENCE)).isEqualTo(3);
        assertThat(settings.find(AveragingKeys.EVALUATE_EVERY)).contains(4);
        assertThat(settings.get(AveragingKeys.MOVING_AVERAGE)).isEqualTo(1);
        assertThat(settings.get(AveragingKeys.OUTER)).isEqualTo("adam");
        assertThat(settings.find(AveragingKeys.OUTER_RATE)).contains(0.3);
        assertThat(settings.find(AveragingKeys.OUTER_MOMENTUM)).contains(0.4);
        assertThat(settings.find(AveragingKeys.OUTER_SECOND_DECAY)).contains(0.5);
        assertThat(settings.find(AveragingKeys.OUTER_EPSILON)).contains(0.6);
        assertThat(settings.find(AveragingKeys.OUTER_WARM_UP)).contains(2.0);
        assertThat(settings.get(OptimizerKeys.TYPE)).isEqualTo("adamw");
        assertThat(settings.find(OptimizerKeys.RATE)).contains(0.1);
        assertThat(settings.find(OptimizerKeys.MOMENTUM)).isEmpty();
        assertThat(settings.find(OptimizerKeys.FIRST_DECAY)).contains(0.8);
        assertThat(settings.find(OptimizerKeys.SECOND_DECAY)).contains(0.7);
        assertThat(settings.find(OptimizerKeys.EPSILON)).contains(1e-4);
        assertThat(settings.find(OptimizerKeys.WEIGHT_DECAY)).contains(0.2);
        assertThat(settings.get(OptimizerKeys.CLIP_NORM)).isEqualTo(5);
        assertThat(settings.get(OptimizerKeys.MOMENTS)).isEqualTo("reset");
        assertThat(settings.get(OptimizerKeys.SCHEDULE)).isEqualTo("cosine");
        assertThat(settings.find(OptimizerKeys.FACTOR)).isEmpty();
        assertThat(settings.find(OptimizerKeys.EVERY)).isEmpty();
        assertThat(settings.find(OptimizerKeys.SHARE)).contains(0.5);
        assertThat(settings.find(OptimizerKeys.LEAST)).contains(0.02);
        assertThat(settings.get(OptimizerKeys.WARM_UP)).isEqualTo(1);
    }

    @Test
    void aLikelihoodIsANameASectionOrAList() {
        assertThat(likelihood("poisson")).containsExactly(LikelihoodSetting.of("poisson"));
        assertThat(likelihood("{ type = gaussian, variance = 0.25 }"))
                .containsExactly(new LikelihoodSetting(List.of(), "gaussian", Spread.FIXED, 0.25));
        assertThat(likelihood("{ type = gaussian, variance = learnt }"))
                .containsExactly(new LikelihoodSetting(List.of(), "gaussian", Spread.LEARNT, 1));
        assertThat(
                        likelihood(
                                "[{ columns = [a, \"b*\"], likelihood = poisson }, { columns = c,"
                                        + " likelihood { type = gaussian, variance = output } }]"))
                .containsExactly(
                        new LikelihoodSetting(List.of("a", "b*"), "poisson", Spread.FIXED, 1),
                        new LikelihoodSetting(List.of("c"), "gaussian", Spread.OUTPUT, 1));
    }

    @Test
    void theDryRunIsAConfigurationOfTheSameValues() {
        JobConfiguration first =
                sandbox.load(
                        Sandbox.COMPLETE
                                + VAE
                                + "model { encoder = [{ conv = 8, kernel = 3 }, 16], decoder = [],"
                                + " image = [3, 8, 9] }\n"
                                + "model.likelihood = [{ columns = [a, \"b c\"], likelihood ="
                                + " poisson }, { columns = \"x*\", likelihood { type = gaussian,"
                                + " variance = 0.1 } }]");
        JobConfiguration second = sandbox.load(first.settings().text());
        assertThat(second.settings().asMap()).isEqualTo(first.settings().asMap());
        assertThat(first.settings().schema().keys())
                .allSatisfy(
                        key ->
                                assertThat((Object) second.settings().find(key))
                                        .isEqualTo(first.settings().find(key)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    model.latent = 0                              ~ model.latent is 0, must be an integer >= 1
                    model.encoder = [500, 0]                      ~ model.encoder has a layer that is 0, must be an integer >= 1
                    model.encoder = [[500]]                       ~ model.encoder has a layer that is a list, must be an integer >= 1
                    model.decoder = wide                          ~ model.decoder is "wide", must be an integer >= 1
                    model.encoder = [{ conv = 32 }]               ~ model.encoder has a convolution without "kernel"
                    model.encoder = [{ conv = 32, kernel = 0 }]   ~ model.encoder has a convolution whose kernel is 0, must be an integer >= 1
                    model.encoder = [{ conv = 3, kernel = 3, padding = -1 }] ~ model.encoder has a convolution whose padding is -1, must be an integer >= 0
                    model.encoder = [{ conv = 3, kernl = 3 }]     ~ 'model.encoder has a convolution with "kernl", must have conv, kernel, stride, padding (did you mean kernel?)'
                    model.image = [28, 28]                        ~ 'model.image is a list of 2, must be [channels, height, width], integers >= 1'
                    model.image = 28                              ~ 'model.image is 28, must be [channels, height, width], integers >= 1'
                    model.activation = rleu                       ~ 'model.activation is "rleu", must be one of linear, relu, leaky-relu, tanh, sigmoid, softplus, gelu'
                    model.likelihood = bernouli                   ~ 'model.likelihood is "bernouli", must be one of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, zero-inflated-poisson, zero-inflated-negative-binomial, student-t, log-normal (did you mean bernoulli?)'
                    model.likelihood { type = poisson, variance = 2 } ~ model.likelihood has a variance for poisson, which has none
                    model.likelihood { type = gaussian, variance = 0 } ~ 'model.likelihood has a likelihood whose variance is 0, must be a number > 0, learnt or output'
                    model.likelihood { type = gaussian, variance = big } ~ 'model.likelihood has a likelihood whose variance is "big", must be a number > 0, learnt or output'
                    model.likelihood = [{columns=a, likelihood=auto}] ~ 'model.likelihood has a group with the likelihood auto, which is for all columns: must be one of the others'
                    model.likelihood = []                         ~ 'model.likelihood is an empty list, must be one of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, zero-inflated-poisson, zero-inflated-negative-binomial, student-t, log-normal, { type = gaussian, variance = learnt }, or a list of { columns = [...], likelihood = ... }'
                    model.likelihood = [poisson]                  ~ 'model.likelihood has an element that is "poisson", must be { columns = [...], likelihood = ... }'
                    model.likelihood = [{ columns = a }]          ~ model.likelihood has a group without "likelihood"
                    model.beta = -1                               ~ model.beta is -1, must be a number >= 0
                    train.maxEpochs = 0                           ~ train.maxEpochs is 0, must be a number > 0
                    train.batchSize = 0                           ~ train.batchSize is 0, must be an integer >= 1
                    train.optimizer.learningRate = 0              ~ train.optimizer.learningRate is 0, must be a number > 0
                    train.optimizer.schedule { type = step, factor = 1.5 } ~ train.optimizer.schedule.factor is 1.5, must be a number > 0 and <= 1
                    train.optimizer.learningrat = 0.1             ~ train.optimizer.learningrat is not a key (did you mean train.optimizer.learningRate?)
                    train.otimizer { type = adam }                ~ train.otimizer is not a key (did you mean train.optimizer?)
                    train.outer = nesterov                        ~ train.outer is "nesterov", must be a section: train.outer { ... }
                    score.columns = prediction                     ~ 'score.columns is "component", must be one of latent, latentVariance, reconstruction, reconstructionError, anomaly, logDensity, imputed, severity, isAnomaly, contributions'
                    model.components = 3                          ~ 'model.components is for gmm, mixture, mog-vae, vade and cluster-vae, not for vae'
                    train.maxRounds = 3                           ~ 'train.maxRounds is for gmm, mixture, ppca, factor-analysis and bayesian, not for vae'
                    """)
    void mistakesAreTold(String line, String sentence) {
        assertThat(sandbox.problems(VAE + line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    model.beta = 2                  ~ model.beta is for vae and mog-vae, not for ae
                    model.importanceSamples = 100   ~ 'model.importanceSamples is for vae, dlgm, mog-vae, vade, cluster-vae and vae-gan, not for ae'
                    sample.noise = false            ~ 'sample.noise is for ppca, factor-analysis, vae, dlgm, mog-vae, vade and cluster-vae, not for ae'
                    score.columns = latentVariance  ~ 'score.columns is "latentVariance", must be one of latent, reconstruction, reconstructionError, anomaly, severity, isAnomaly, contributions'
                    """)
    void whatAPlainAutoencoderHasNot(String line, String sentence) {
        assertThat(sandbox.problems("model.type = ae, " + line))
                .containsExactly("job.conf:2: " + sentence);
    }
}
