package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the commands tell of networks that play against a discriminator. */
class GameCommandsTest extends NetworkTest {
    @BeforeEach
    void table() {
        write("table.csv", table(100));
    }

    private String[] generator(String... further) {
        String model = "model = null, model { type = gan, latent = 2, decoder = [6], discriminator = [5]" + " }";
        String[] lines = network(further);
        lines[0] = model;
        return lines;
    }

    private String[] encoded() {
        String[] lines = network("output.report = true");
        lines[0] = "model { type = vae-gan, latent = 2, encoder = [6], discriminator = [5] }";
        return lines;
    }

    private Map<String, Object> lastRound() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("out/rounds.jsonl"));
        return Json.parse(lines.get(lines.size() - 1));
    }

    /** The reconstructions of a round and of the result are two measures. */
    @Test
    void twoMeasuresHaveTwoNames() throws IOException {
        done(run("train", encoded()));
        Map<String, Object> round = lastRound();
        assertThat(section(round, "parts"))
                .containsKeys("featureReconstruction", "kl")
                .doesNotContainKey("reconstruction");
        assertThat(section(round, "holdout"))
                .containsKey("featureReconstruction")
                .doesNotContainKey("reconstruction");
        Map<String, Object> metrics = metrics("out");
        assertThat(section(metrics, "holdout"))
                .containsKeys("reconstruction", "elbo")
                .doesNotContainKey("featureReconstruction");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("(featureReconstruction): ½ |f(x) − f(x̃)|²");
    }

    @Test
    void theDiscriminatorIsCalledByItsName() throws IOException {
        String once = "train { maxEpochs = 1, roundsPerEpoch = 1 }";
        assertThat(run("train", generator(once)).out()).contains(", 1 round, 1.00 epochs");
        assertThat(run("inspect", generator()).out())
                .contains(", 1 round, ")
                .contains("discriminator [5]")
                .doesNotContain("auxiliary", "encoder []");
        assertThat(Files.readString(folder.resolve("out/metrics.json")))
                .contains("discriminator [5]")
                .doesNotContain("auxiliary");
    }
}
