package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The commands that a training proposes can be typed as they are. */
class JobRequestTest {
    private static JobRequest of(String table, String preset, Path file, String... overrides) {
        return new JobRequest(table, preset, file, null, Optional.empty(), List.of(overrides));
    }

    @Test
    void settingsOfTheTrainingAreLeftOut() {
        String[] given = {"train.seed=2", "model.components=3", "model.type=gmm", "data.header=false", "output.path=x"};
        assertThat(of("t.csv", null, null, given).command("score"))
                .isEqualTo("jobs/latent score t.csv --set model.type=gmm --set data.header=false --set"
                        + " output.path=x");
    }

    @Test
    void wordsAreQuotedForTheShell() {
        assertThat(of("my table.csv", null, null, "data.separator=;").command("score"))
                .isEqualTo("jobs/latent score 'my table.csv' --set 'data.separator=;'");
        assertThat(of("it's.csv", null, null).command("score")).isEqualTo("jobs/latent score 'it'\\''s.csv'");
    }
}
