package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped configurations of a single recipe, each trained for a short time. */
class RecipesTest extends CommandTest {
    private static final String STAGES = "train.stages = [{ name = encoder, maxEpochs = 1 },"
            + " { name = decoder, maxEpochs = 1, adversarialWeight = 0.1 },"
            + " { name = joint, maxEpochs = 1, adversarialWeight = 0.1, adversarialTarget = samples }]";

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    monte-carlo-em     ~ gmm     ~ train { maxRounds = 2, restarts = 1 }
                    vae-conditional    ~ vae     ~ train.maxEpochs = 1
                    vae-convolution    ~ vae     ~ train.maxEpochs = 1
                    vae-full-posterior ~ vae     ~ train.maxEpochs = 1
                    vae-score-function ~ vae     ~ train.maxEpochs = 1
                    mog-vae-two        ~ mog-vae ~ STAGES
                    cluster-vae-published ~ cluster-vae ~ train.stages = [{ name = clustering, maxEpochs = 1 }]
                    """)
    void trainsAModel(String name, String type, String cut) throws IOException {
        done(run(
                "train",
                "include required(file(\"conf/%s.conf\"))".formatted(name),
                cut.replace("STAGES", STAGES),
                "output { path = \"DIR/out\", report = false }"));
        assertThat(section(metrics("out"), "model")).containsEntry("type", type);
        assertThat(folder.resolve("out/model")).isNotEmptyDirectory();
    }

    @Test
    void reconstructionsAreComparedInALayer() throws IOException {
        String include = "include required(file(\"conf/%s.conf\"))";
        done(run(
                "train",
                include.formatted("ae-denoising"),
                "train.maxEpochs = 1, output { path = \"DIR/ae\", report = false }"));
        assertThat(section(metrics("ae"), "model")).containsEntry("type", "ae");
        done(run(
                "train",
                include.formatted("vae-perceptual"),
                "train.maxEpochs = 1, output.path = \"DIR/out\", evaluate.features.model = \"DIR/ae/model\""));
        assertThat(section(metrics("out"), "holdout"))
                .containsKeys("meanSquaredError", "ssim", "perceptualDistance", "frechetDistance");
    }
}
