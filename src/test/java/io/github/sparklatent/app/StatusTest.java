package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a command has ended stands in its output. */
class StatusTest extends CommandTest {
    @BeforeEach
    void table() {
        write("groups.csv", groups(60));
    }

    @Test
    void aResultAndAFailureAreStated() throws IOException {
        done(run("train", training()));
        assertThat(status("out"))
                .containsEntry("command", "train")
                .containsEntry("state", "ended")
                .containsEntry("exitCode", 0)
                .containsEntry("retryable", false)
                .containsKey("time");
        run("train", training("output.overwrite = true", "data.path = \"DIR/none.csv\""));
        assertThat(status("out")).containsEntry("exitCode", 3).containsEntry("retryable", false);
        assertThat(status("out").get("message").toString()).contains("none.csv\" does not exist");
        done(run("score", training()));
        assertThat(status("out-scores")).containsEntry("command", "score").containsEntry("exitCode", 0);
    }

    /** A scheduler repeats a command whose answer was lost. */
    @Test
    void theSameTrainingIsDoneAlready() throws IOException {
        done(run("train", training()));
        Map<String, String> result = snapshot(folder.resolve("out"));
        assertThat(done(run("train", training())).out()).contains("out was trained before");
        assertThat(snapshot(folder.resolve("out"))).isEqualTo(result);
        write("groups.csv", groups(90));
        assertRefused(run("train", training()), 2, "exists; set output.overwrite = true");
    }
}
