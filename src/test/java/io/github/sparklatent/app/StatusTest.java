package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a command has ended stands beside its output. */
class StatusTest extends CommandTest {
    private static final String SECRET = "123456.789012";

    @BeforeEach
    void table() {
        write("groups.csv", groups(60));
    }

    private Map<String, Object> status(String output) throws IOException {
        return Json.parse(Files.readString(folder.resolve(output + ".status.json")));
    }

    @Test
    void aResultAndAFailureAreStated() throws IOException {
        done(run("train", training()));
        assertThat(status("out"))
                .containsEntry("command", "train")
                .containsEntry("output", folder.resolve("out").toString())
                .containsEntry("state", "ended")
                .containsEntry("exitCode", 0)
                .containsEntry("retryable", false)
                .containsEntry("message", "")
                .containsKey("time");
        run("train", training("output.overwrite = true", "data.path = \"DIR/none.csv\""));
        assertThat(status("out")).containsEntry("exitCode", 3).containsEntry("retryable", false);
        assertThat(status("out").get("message").toString()).contains("none.csv\" does not exist");
        done(run("score", training()));
        assertThat(status("out-scores")).containsEntry("command", "score").containsEntry("exitCode", 0);
    }

    @Test
    void aRefusedRepetitionLeavesTheStatusOfTheGoodRun() throws IOException {
        done(run("train", training()));
        Map<String, Object> good = status("out");
        assertRefused(run("train", training("model.components = 3")), 2, "exists; set output.overwrite = true");
        assertThat(status("out")).isEqualTo(good);
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

    /** It is no refusal by the run whose result is there. */
    @Test
    void anotherMistakeAfterAGoodRunIsStated() throws IOException {
        done(run("train", training()));
        Files.createDirectory(folder.resolve("taken"));
        String checkpoint = "train.checkpoint.path = \"DIR/taken\"";
        assertRefused(
                run("train", training("output.overwrite = true", checkpoint)),
                2,
                "is a directory, expected a file or nothing");
        assertThat(status("out")).containsEntry("exitCode", 2);
    }

    @Test
    void aRunThatIsLockedOutLeavesTheStatusOfTheOther() throws IOException {
        String path = folder.resolve("out").toString();
        Files.writeString(folder.resolve("out.status.json"), "{\"state\": \"running\"}");
        OutputDirectory other = new OutputDirectory(new Configuration(), path, OutputMode.OVERWRITE, false);
        other.lock("app-7");
        assertRefused(run("train", training()), 1, "is in use");
        assertThat(status("out")).containsOnlyKeys("state");
        other.close();
    }

    /** A table may contain what must not leave it. */
    @Test
    void withoutAReportNoValueOfARowIsWritten() throws IOException {
        String[] rows = groups(60);
        rows[7] = rows[7].replaceFirst(",[^,]*,", "," + SECRET + ",");
        write("groups.csv", rows);
        done(run("train", training("output.report = false, model.components = 1")));
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("123456.78");
            }
        }
        assertThat(folder.resolve("out/report.html")).doesNotExist();
    }
}
