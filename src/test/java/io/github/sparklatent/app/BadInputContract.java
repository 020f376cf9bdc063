package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.config.OutputSection.OutputMode;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;

/** For tests of bad input: a result that is there already stays as it was. */
abstract class BadInputContract extends CommandTest {
    private Map<String, String> before;

    /** A result, and rows, that each of these commands would replace if it came to its end. */
    @BeforeEach
    void anOlderResult() {
        RunDirectory output = new RunDirectory(
                new Place(new Configuration(), folder.resolve("out").toString(), "output.path"),
                Optional.empty(),
                OutputMode.ERROR);
        output.begin();
        output.write(true, directory -> {
            output.text(new Path(directory, "metrics.json"), "{\"old\": true}");
            output.text(new Path(directory, "model/metadata/part-0"), "old");
        });
        String path = folder.resolve("rows").toString();
        RunDirectory rows = RunDirectory.ofRows(new Configuration(), path, "score", OutputMode.ERROR);
        rows.begin();
        rows.write(false, directory -> rows.text(new Path(directory, "part-0"), "old"));
        before = results();
    }

    private Map<String, String> results() {
        Map<String, String> files = snapshot(folder.resolve("out"));
        snapshot(folder.resolve("rows")).forEach((file, content) -> files.put("rows/" + file, content));
        return files;
    }

    void assertUntouched() {
        Map<String, String> after = results();
        after.keySet().removeIf(file -> file.startsWith("state/")); // checkpoints, for inspection
        assertThat(after).isEqualTo(before);
        assertThat(names()).as("nothing is left beside the result").noneMatch(n -> n.startsWith("."));
    }

    void refused(Ended ended, int code, String... parts) {
        assertRefused(ended, code, parts);
        assertUntouched();
    }

    /** Trains on a csv of these lines, with further configuration in one line. */
    Ended train(String further, String... table) {
        write("table.csv", table);
        return run(
                "train",
                "data { path = \"DIR/table.csv\", format = csv, holdout.fraction = 0 }",
                "model.components = 2",
                "output { path = \"DIR/out\", overwrite = true, report = false }",
                further);
    }

    void skipped(Ended ended, long rows, long skipped) {
        done(ended);
        assertThat(folder.resolve("out/metrics.json"))
                .content()
                .contains("\"train\" : " + rows + ",", "\"skipped\" : " + skipped);
    }
}
