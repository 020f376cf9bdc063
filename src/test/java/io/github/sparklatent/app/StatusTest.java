package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a command has ended stands in its output. */
class StatusTest extends CommandTest {
    private static final String SECRET = "123456.789012";

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

    /** A table may contain what must not leave it. */
    @Test
    void withoutAReportNoValueOfARowIsWritten() throws IOException {
        String[] rows = groups(60);
        rows[7] = rows[7].replaceFirst(",[^,]*,", "," + SECRET + ",");
        write("groups.csv", rows);
        done(run("train", training("output.report = false, model.components = 1")));
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.toString().contains("/model/")) // which has the ranges of its columns
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("123456.78");
            }
        }
        assertThat(folder.resolve("out/report.html")).doesNotExist();
    }
}
