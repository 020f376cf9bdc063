package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped configurations of a single recipe fit their tables. */
class RecipesTest extends CommandTest {
    /** The configuration {@code vae-perceptual} needs a network beside its table. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ae-denoising",
                "cluster-vae-published",
                "mog-vae-two",
                "monte-carlo-em",
                "vae-conditional",
                "vae-convolution",
                "vae-full-posterior",
                "vae-score-function"
            })
    void fitsItsTable(String name) {
        String[] job = {"include required(file(\"conf/%s.conf\"))".formatted(name), "output.path = \"DIR/out\""};
        Ended ended = done(latent("train", "--dry-run", "--config", configuration(job)));
        assertThat(ended.err()).endsWith("Paths and columns match the configuration.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vae-conditional", "vae-full-posterior"})
    void trainsAModel(String name) {
        done(run(
                "train",
                "include required(file(\"conf/%s.conf\"))".formatted(name),
                "train.maxEpochs = 1, output { path = \"DIR/out\", report = false }"));
        assertThat(folder.resolve("out/model")).isNotEmptyDirectory();
    }
}
