package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A configuration goes to a driver that does not see the files. */
class ResolveTest extends CommandTest {
    @Test
    void theTextHasTheIncludesAndTheOverrides() throws IOException {
        write("groups.csv", groups(60));
        write("base.conf", "model.components = 3, train.maxRounds = 7");
        String file = configuration(training("include \"base.conf\""));
        Ended resolved = done(latent("resolve", "--config", file, "--set", "train.seed=11"));
        String text = resolved.out().strip();
        assertThat(text).matches("[-_A-Za-z0-9]+");
        Files.delete(Path.of(file));
        Files.delete(folder.resolve("base.conf"));
        Ended dry = done(latent("train", "--dry-run", "--config-text", text));
        assertThat(dry.out()).contains("components = 3 ", "maxRounds = 7 ", "seed = 11 ", "groups.csv");
        assertThat(dry.err()).contains("Checking the columns with Spark");
    }

    /** Otherwise the mistake would show in the log of a driver somewhere on the cluster only. */
    @Test
    void aMistakeIsReportedBeforeAnythingIsSubmitted() throws IOException {
        String file = configuration(training("model.componentz = 3"));
        Ended refused = latent("resolve", "--config", file);
        assertRefused(refused, 2, "model.componentz is not a key");
        assertThat(refused.err()).contains(file + ":");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void aTextOfSomethingElseIsRefused() {
        assertRefused(latent("train", "--config-text", "!"), 2, "is not a text that resolve has printed");
        assertThat(latent().err()).contains("export, registry").doesNotContain("resolve");
    }
}
