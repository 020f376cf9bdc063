package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is planted in a table and its path is on the console, and in no file that a command writes. */
class PrivacyTest extends CommandTest {
    private static final String PATH = "DIR/in/password=planted-path/rows.csv";
    private static final String RESULT = "output { path = \"DIR/out\", report = false }";
    private static final String REGISTRY = "registry.path = \"DIR/registry\", output.report = false";

    /**
     * Rows of which a third have the same key, one has a text in place of a number, and one has another number of
     * cells.
     */
    private void table(String planted) {
        write(
                folder,
                PATH.replace("DIR/", ""),
                lines(
                        "key,x,y\nplanted-cells,1,2,3",
                        1200,
                        i -> "%s,%s,%s"
                                .formatted(
                                        i % 3 == 0 ? "planted-key" : "k" + i,
                                        i == 600 ? planted : Math.sin(i) + i % 2 * 9,
                                        Math.cos(3 * i))));
    }

    private static String[] job(String place, String... further) {
        String[] lines = {
            "data { path = \"" + PATH + "\", format = csv, id = key, invalid = skip }",
            "model.components = 2, gate.fraction = 0.3, data.holdout.fraction = 0.1",
            place
        };
        return with(lines, further);
    }

    @Test
    void noFileHasRowsOrCredentials() throws IOException {
        table("planted-text");
        assertThat(done(run("train", job(RESULT))).out())
                .contains("is the same in about 33%", "text that is no number");
        Ended refused = run("registry retrain", job(REGISTRY, "data.columns.x = boolean, registry.runId = first"));
        assertRefused(refused, 3, "planted-text");
        done(run("registry retrain", job(REGISTRY, "registry.runId = second")));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("in")) && !file.endsWith("job.conf"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file + "")
                        .doesNotContain("planted");
            }
        }
        String told = "it has 1 text that is no number";
        assertThat(folder.resolve("registry/log/00000001.json")).content().contains(told);
        try (Stream<Path> files = Files.list(folder.resolve("registry/status"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("first.")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains(told));
        }
    }
}
