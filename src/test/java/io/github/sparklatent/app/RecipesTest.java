package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped configurations of a single recipe fit their tables. */
class RecipesTest extends CommandTest {
    @ParameterizedTest
    @MethodSource("io.github.sparklatent.app.config.ShippedConfigurationsTest#recipes")
    void fitsItsTable(Path recipe) {
        String[] job = {"include required(file(\"%s\"))".formatted(recipe), "output.path = \"DIR/out\""};
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
