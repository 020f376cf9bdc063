package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths and configurations that cannot be used end in a sentence and an exit code, and nothing is
 * overwritten.
 */
class BadOutputTest extends BadInputContract {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "model.components = 0; job.conf:4: model.components is 0, must be an integer >= 1",
                "model.components = two; job.conf:4: model.components is \"two\"",
                "model.componets = 2; job.conf:4: model.componets is not a key (did you mean"
                        + " model.components?)",
                "train.tolerance = -1; job.conf:4: train.tolerance is -1, must be a number >= 0",
                "data.format = xlsx; job.conf:4: data.format is \"xlsx\"",
                "output.overwrite = perhaps; job.conf:4: output.overwrite is \"perhaps\""
            })
    void aKeyThatIsNone(String line, String sentence) {
        refused(train(line, "x", "1", "2"), 2, sentence);
    }

    @Test
    void noConfiguration() {
        refused(
                latent("train", "--config", folder.resolve("nope.conf").toString()),
                2,
                "nope.conf: no such configuration file");
    }

    @Test
    void anOutputThatExists() {
        refused(
                train("output.overwrite = false", "x", "1", "2", "3"),
                2,
                "output.path \"" + folder + "/out\" exists; set output.overwrite = true");
    }

    @Test
    void anOutputThatIsAFile() {
        write("file", "content");
        refused(
                train("output.path = \"DIR/file\"", "x", "1", "2", "3"),
                2,
                "output.path \"" + folder + "/file\" is a file");
        assertThat(folder.resolve("file")).content().isEqualTo("content\n");
    }

    @Test
    void anOutputThatNoJobHasWritten() {
        write("home/letter.txt", "dear");
        refused(
                train("output.path = \"DIR/home\"", "x", "1", "2", "3"),
                2,
                "output.path \"" + folder + "/home\" is a directory that no job");
        assertThat(folder.resolve("home/letter.txt")).exists();
    }

    @Test
    void anOutputThatIsATableOfSomebodyElse() {
        spark.range(3).write().parquet(folder.resolve("table").toString());
        Map<String, String> table = snapshot(folder.resolve("table"));
        refused(
                train("output.path = \"DIR/table\"", "x", "1", "2", "3"),
                2,
                "/table\" is a directory that no job of spark-latent has written");
        assertThat(snapshot(folder.resolve("table"))).isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    train.checkpoint.path = "DIR/out/x"          ~ holds train.checkpoint.path
                    train.initialModel = "DIR/out/model"         ~ holds train.initialModel
                    train.initialModel = "DIR/out/"              ~ is train.initialModel
                    data.path = "DIR/./out/metrics.js*"          ~ holds data.path
                    data.holdout { path = "DIR/out/../out" }     ~ is data.holdout.path
                    data.path = "file:DIR/o*/model"              ~ holds data.path
                    data.path = "DIR/out", output.path = "DIR/out/new" ~ lies in data.path
                    """)
    void anOutputThatIsNotApartFromWhatIsRead(String line, String relation) {
        String shown = line.startsWith("data.holdout") ? line : line + ", data.holdout.fraction=0";
        write("table.csv", "x", "1", "2");
        refused(
                run(
                        "train",
                        "data { path = \"DIR/table.csv\", format = csv }",
                        "model.components = 2",
                        "output { path = \"DIR/out\", overwrite = true }",
                        shown),
                2,
                relation + " \"",
                "which the job reads: must be another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIR/file/checkpoint", "/proc/checkpoint", "DIR/out/.."})
    void aCheckpointThatCannotBeWritten(String path) {
        write("file", "content");
        refused(train("train.checkpoint.path = \"" + path + "\"", "x", "1", "2", "3"), 2, "path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIR/file/out", "/proc/out", "/dev/full/out"})
    void anOutputThatCannotBeWritten(String path) {
        write("file", "content");
        refused(
                train("output.path = \"" + path + "\"", "x", "1", "2", "3"),
                2,
                "output.path \"" + path.replace("DIR", folder.toString()) + "\" cannot be");
    }

    @Test
    void aCorruptCheckpoint() {
        write("out.checkpoint", "no checkpoint at all, but of some length");
        refused(
                train("", "x,y", "1,2", "3,4", "5,7", "8,8"),
                3,
                "checkpoint \"" + folder + "/out.checkpoint\"",
                "delete it to train from the beginning");
        assertThat(folder.resolve("out.checkpoint")).exists();
    }
}
