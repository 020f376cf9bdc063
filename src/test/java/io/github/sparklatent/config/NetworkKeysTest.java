package io.github.sparklatent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.config.LikelihoodSetting.Spread;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private NetworkSettings network(String text) {
        return (NetworkSettings) sandbox.load(Sandbox.COMPLETE + text).model();
    }

    private List<LikelihoodSetting> likelihood(String value) {
        return network(VAE + "model.likelihood = " + value).architecture().likelihood();
    }

    @Test
    void everyKeyOfTheModelIsRead() {
        NetworkSettings network =
                network(
                        """
                        model { type = vae, latent = 20, activation = tanh, image = [1, 28, 28] }
                        model.encoder = [{ conv = 32, kernel = 4, stride = 2, padding = 1 }, 500]
                        model.decoder = [200, 300]
                        model { likelihood = bernoulli, binarize = true, beta = 0.5, betaWarmUpPasses = 3 }
                        model { samples = 5, gradient = score-function, freeBits = 0.1, importanceSamples = 100 }
                        model.corruption { type = masking, level = 0.25 }
                        sample.noise = false
                        """);
        assertThat(network.type()).isEqualTo(ModelType.VAE);
        assertThat(network.architecture())
                .isEqualTo(
                        new ArchitectureSettings(
                                20,
                                List.of(
                                        new LayerSetting(32, 4, 2, 1),
                                        new LayerSetting(500, 0, 0, 0)),
                                Optional.of(
                                        List.of(LayerSetting.dense(200), LayerSetting.dense(300))),
                                Optional.of(List.of(1, 28, 28)),
                                "tanh",
                                List.of(
                                        new LikelihoodSetting(
                                                List.of(), "bernoulli", Spread.FIXED, 1)),
                                0,
                                List.of()));
        assertThat(network.loss())
                .isEqualTo(
                        new LossSettings(
                                true,
                                "masking",
                                0.25,
                                "elbo",
                                "score-function",
                                5,
                                0.5,
                                3,
                                0.1,
                                100));
        assertThat(network.sampleNoise()).isFalse();
    }

    @Test
    void everyKeyOfTheTrainingIsRead() {
        NetworkSettings network =
                network(
                        """
                        model.type = ae
                        train { maxPasses = 2.5, localSteps = 7, batchSize = 16, patience = 3, evaluateEvery = 4 }
                        train.optimizer { type = adamw, learningRate = 0.1, beta1 = 0.8, beta2 = 0.7, epsilon = 1e-4 }
                        train.optimizer { weightDecay = 0.2, clipNorm = 5, moments = reset }
                        train.optimizer.schedule { type = cosine, share = 0.5, least = 0.02, warmUpPasses = 1 }
                        train.outer { type = adam, learningRate = 0.3, momentum = 0.4, beta2 = 0.5, epsilon = 0.6 }
                        train.outer { warmUpPasses = 2, movingAverage = 1 }
                        """);
        assertThat(network.averaging())
                .isEqualTo(
                        new AveragingSettings(
                                2.5,
                                Optional.empty(),
                                Optional.of(7),
                                Optional.of(16),
                                3,
                                Optional.of(4),
                                1,
                                new AveragingSettings.OuterSettings(
                                        "adam",
                                        Optional.of(0.3),
                                        Optional.of(0.4),
                                        Optional.of(0.5),
                                        Optional.of(0.6),
                                        Optional.of(2.0))));
        assertThat(network.optimizer())
                .isEqualTo(
                        new OptimizerSettings(
                                "adamw",
                                Optional.of(0.1),
                                Optional.empty(),
                                Optional.of(0.8),
                                Optional.of(0.7),
                                Optional.of(1e-4),
                                Optional.of(0.2),
                                5,
                                "reset",
                                new OptimizerSettings.ScheduleSettings(
                                        "cosine",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(0.5),
                                        Optional.of(0.02),
                                        1)));
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
        assertThat(second.model()).isEqualTo(first.model());
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
                    model.likelihood = bernouli                   ~ 'model.likelihood is "bernouli", must be one of bernoulli, gaussian, categorical, poisson (did you mean bernoulli?)'
                    model.likelihood { type = poisson, variance = 2 } ~ model.likelihood has a variance for poisson, which has none
                    model.likelihood { type = gaussian, variance = 0 } ~ 'model.likelihood has a likelihood whose variance is 0, must be a number > 0, learnt or output'
                    model.likelihood { type = gaussian, variance = big } ~ 'model.likelihood has a likelihood whose variance is "big", must be a number > 0, learnt or output'
                    model.likelihood = []                         ~ 'model.likelihood is an empty list, must be one of bernoulli, gaussian, categorical, poisson, { type = gaussian, variance = learnt }, or a list of { columns = [...], likelihood = ... }'
                    model.likelihood = [poisson]                  ~ 'model.likelihood has an element that is "poisson", must be { columns = [...], likelihood = ... }'
                    model.likelihood = [{ columns = a }]          ~ model.likelihood has a group without "likelihood"
                    model.beta = -1                               ~ model.beta is -1, must be a number >= 0
                    train.maxPasses = 0                           ~ train.maxPasses is 0, must be a number > 0
                    train.batchSize = 0                           ~ train.batchSize is 0, must be an integer >= 1
                    train.optimizer.learningRate = 0              ~ train.optimizer.learningRate is 0, must be a number > 0
                    train.optimizer.schedule { type = step, factor = 1.5 } ~ train.optimizer.schedule.factor is 1.5, must be a number > 0 and <= 1
                    train.optimizer.learningrat = 0.1             ~ train.optimizer.learningrat is not a key (did you mean train.optimizer.learningRate?)
                    train.otimizer { type = adam }                ~ train.otimizer is not a key (did you mean train.optimizer?)
                    train.outer = nesterov                        ~ train.outer is "nesterov", must be a section: train.outer { ... }
                    score.columns = component                     ~ 'score.columns is "component", must be one of latent, latentVariance, reconstruction, reconstructionError, anomaly'
                    model.components = 3                          ~ 'model.components is for gmm, mog-vae, vade and cluster-vae, not for vae'
                    train.maxRounds = 3                           ~ train.maxRounds is for gmm, not for vae
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
                    model.importanceSamples = 100   ~ 'model.importanceSamples is for vae, mog-vae, vade, cluster-vae and vae-gan, not for ae'
                    sample.noise = false            ~ 'sample.noise is for vae, mog-vae, vade and cluster-vae, not for ae'
                    score.columns = latentVariance  ~ 'score.columns is "latentVariance", must be one of latent, reconstruction, reconstructionError, anomaly'
                    """)
    void whatAPlainAutoencoderHasNot(String line, String sentence) {
        assertThat(sandbox.problems("model.type = ae, " + line))
                .containsExactly("job.conf:2: " + sentence);
    }
}
