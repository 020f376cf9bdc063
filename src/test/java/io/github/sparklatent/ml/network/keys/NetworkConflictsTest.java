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

/** Values of a network that are right one by one and wrong together. */
class NetworkConflictsTest {
    private static final String VAE = "model.type = vae, ";

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
                    data.invalid = keep, evaluate.features.type = principal-components ~ 'data.invalid is keep, but evaluate.features compares complete rows: must be error or skip, or evaluate.features none'
                    data.invalid = keep, evaluate.imageRange = 255        ~ 'data.invalid is keep, but evaluate.imageRange is set, which compares complete images: must be error or skip'
                    train { localSteps = 5, roundsPerEpoch = 2 }          ~ 'train.localSteps is 5, but train.roundsPerEpoch also sets the length of a round: remove one of the two'
                    train.patience = 3, data.holdout.fraction = 0        ~ 'train.patience is 3, but no rows are held out: set data.holdout.fraction > 0 or data.holdout.path'
                    model.gradient = score-function                      ~ 'model.gradient is score-function, but model.samples is 1: each sample is compared with the others, so there must be at least 2'
                    model.objective = iwae                               ~ 'model.objective is iwae, but model.samples is 1: must be at least 2, or model.objective elbo'
                    model { objective = iwae, samples = 5, gradient = score-function } ~ 'model.gradient is score-function, but model.objective is iwae: must be reparameterized'
                    model { objective = iwae, samples = 5, freeBits = 1 } ~ 'model.freeBits is 1, but model.objective is iwae, which has no divergence by variable: must be 0'
                    model.binarize = true                                ~ 'model.binarize is true, but model.likelihood is not bernoulli: only its values can be drawn as 0 or 1'
                    model.likelihood = poisson, data.scale = standard    ~ 'data.scale is standard, but the scaled values are not valid for model.likelihood = poisson'
                    model.likelihood = bernoulli, data.scale = standard  ~ 'data.scale is standard, but the scaled values are not valid for model.likelihood = bernoulli'
                    model.corruption.type = masking                      ~ 'model.corruption.type is masking, but model.corruption.level is 0: must be above 0'
                    model.corruption { type = masking, level = 1.5 }     ~ 'model.corruption.level is 1.5, but model.corruption.type is masking: must be a share below 1'
                    model.corruption.level = 0.2                         ~ 'model.corruption.level is 0.2, but model.corruption.type is none'
                    model.encoder = [{ conv = 8, kernel = 3 }]           ~ 'model.encoder has a convolution, which needs model.image = [channels, height, width]'
                    model { encoder = [9, { conv = 8, kernel = 3 }], image = [1, 8, 8] } ~ 'model.encoder has a convolution after a dense layer: must be before it'
                    model { decoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] } ~ 'model.decoder has a convolution before a dense layer: must be after it'
                    train.optimizer { type = rmsprop, momentum = 0.5 }   ~ 'train.optimizer.momentum is 0.5, but has no effect because train.optimizer.type is rmsprop'
                    train.optimizer.schedule.factor = 0.5                ~ 'train.optimizer.schedule.factor is 0.5, but has no effect because train.optimizer.schedule.type is constant'
                    train.outer { type = average, momentum = 0.5 }       ~ 'train.outer.momentum is 0.5, but has no effect because train.outer.type is average'
                    train.outer.beta2 = 0.5                              ~ 'train.outer.beta2 is 0.5, but has no effect because train.outer.type is nesterov'
                    data.labels = x                                      ~ 'data.labels is for data.format = idx, found parquet'
                    data { format = idx, labels = [x, y] }               ~ 'data.labels names 2 files, but data.path 1: must name one for each'
                    data { format = idx, holdout.labels = x }            ~ 'data.holdout.labels names 1 files, but data.holdout.path 0: must name one for each'
                    data { format = idx, path = [a, a], labels = x }     ~ 'data.path names a twice, must name each once'
                    """)
    void areTold(String line, String sentence) {
        assertThat(sandbox.problems(VAE + line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ae", "vade", "cluster-vae", "gan", "vae-gan"})
    void modelsThatNeedCompleteRows(String type) {
        assertThat(sandbox.problems("model.type = " + type + ", data.invalid = keep"))
                .containsExactly(
                        "job.conf:2: data.invalid is keep, but "
                                + type
                                + " needs complete rows: must be error or skip, or model.type vae"
                                + " or mog-vae");
    }

    @Test
    void aDiscriminatorNeedsCompleteRows() {
        String mixture = "model.type = mog-vae, data.invalid = keep";
        assertThat(sandbox.problems(mixture)).isEmpty();
        assertThat(
                        sandbox.problems(
                                mixture
                                        + ", train.stages = [{ name = decoder, adversarialWeight ="
                                        + " 0.1 }]"))
                .containsExactly(
                        "job.conf:2: data.invalid is keep, but the discriminator of train.stages"
                                + " needs complete rows: must be error or skip, or"
                                + " adversarialWeight 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train.localSteps = 5",
                "data.invalid = keep",
                "model { gradient = score-function, samples = 2 }",
                "model { objective = iwae, samples = 50, beta = 0.5 }",
                "model { likelihood = bernoulli, binarize = true }",
                "model.likelihood = bernoulli, data.scale = minmax",
                "model { encoder = [{ conv = 8, kernel = 3 }, 9], image = [1, 8, 8] }",
                "data { format = idx, labels = x }, model.encoder = [{ conv = 8, kernel = 3 }, 9]",
                "train.optimizer { type = sgd, momentum = 0.5 }",
                "train.outer { type = average, movingAverage = 1 }",
                "model.likelihood = [{ columns = a, likelihood = poisson }, { columns = b,"
                        + " likelihood = gaussian }], data.scale = standard",
            })
    void areOnlyWhatContradictsItself(String line) {
        assertThat(sandbox.problems(VAE + line)).isEmpty();
    }
}
