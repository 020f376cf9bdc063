package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and configurations that cannot be used end in a sentence and an exit code, and nothing is overwritten. */
class BadOutputTest extends BadInputContract {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "model.components = 0; job.conf:4: model.components is 0, must be an integer >= 1",
                "model.components = two; job.conf:4: model.components is \"two\"",
                "model.componets = 2; job.conf:4: model.componets is not a key (did you mean" + " model.components?)",
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
                "nope.conf: does not exist, expected a configuration file");
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
                "output.path \"" + folder + "/home\" is a directory that spark-latent did not write");
        assertThat(folder.resolve("home/letter.txt")).exists();
    }

    @Test
    void anOutputThatIsATableOfSomebodyElse() {
        spark.range(3).write().parquet(folder.resolve("table").toString());
        Map<String, String> table = snapshot(folder.resolve("table"));
        refused(
                train("output.path = \"DIR/table\"", "x", "1", "2", "3"),
                2,
                "/table\" is a directory that spark-latent did not write");
        assertThat(snapshot(folder.resolve("table"))).isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    train.checkpoint.path = "DIR/out/x"          ~ contains train.checkpoint.path
                    train.initialModel = "DIR/out/model"         ~ contains train.initialModel
                    train.initialModel = "DIR/out/"              ~ is train.initialModel
                    data.path = "DIR/./out/metrics.js*"          ~ contains data.path
                    data.holdout { path = "DIR/out/../out" }     ~ is data.holdout.path
                    data.path = "file:DIR/o*/model"              ~ contains data.path
                    data.path = "DIR/out", output.path = "DIR/out/new" ~ is inside data.path
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
                "which the job reads: set another path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate"})
    void anOutputThatHoldsTheNetworkOfTheFeatureSpace(String job) {
        write("table.csv", "x", "1", "2");
        refused(
                run(
                        job,
                        "data { path = \"DIR/table.csv\", format = csv }",
                        "model { type = vae, path = \"DIR/model\" }",
                        "output { path = \"DIR/out\", overwrite = true }",
                        "evaluate.features { model = \"DIR/out/model\" }"),
                2,
                "/out\" contains evaluate.features.model \"",
                "which the job reads: set another path");
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
    void aFileThatIsNoCheckpoint() {
        write("out.checkpoint", "no checkpoint at all, but of some length");
        refused(
                train("", "x,y", "1,2", "3,4", "5,7", "8,8"),
                2,
                "train.checkpoint.path \"" + folder + "/out.checkpoint\" exists and is not a checkpoint",
                "name another file with train.checkpoint.path");
        assertThat(folder.resolve("out.checkpoint")).content().isEqualTo("no checkpoint at all, but of some length\n");
    }

    @Test
    void aFileWhereTheCheckpointIsWrittenFirst() {
        write("out.checkpoint.writing", "of somebody's");
        refused(
                train("", "x,y", "1,2", "3,4", "5,7", "8,8"),
                2,
                "train.checkpoint.path \"" + folder + "/out.checkpoint\" needs the file \"",
                "/out.checkpoint.writing\", which exists and is not a checkpoint; move it away");
        assertThat(folder.resolve("out.checkpoint.writing")).content().isEqualTo("of somebody's\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    DIR/table.csv     ~ ', the same as data.path: set another path'
                    DIR/./table.csv   ~ ' is data.path "'
                    DIR/./held.csv    ~ ' is data.holdout.path "'
                    """)
    void aCheckpointThatWouldReplaceATable(String path, String sentence) {
        write("held.csv", "x", "5", "6");
        refused(
                train(
                        "data.holdout = { path = \"DIR/h*.csv\" }, train.checkpoint.path = \"" + path + "\"",
                        "x",
                        "1",
                        "2",
                        "3"),
                2,
                "train.checkpoint.path",
                sentence);
        assertThat(folder.resolve("table.csv")).content().startsWith("x");
    }

    @Test
    void aCheckpointWithinATable() {
        write("rows/table.csv", "x", "1", "2", "3");
        refused(
                run(
                        "train",
                        "data { path = \"DIR/rows\", format = csv, holdout.fraction = 0 }",
                        "model.components = 2",
                        "output { path = \"DIR/out\", overwrite = true }",
                        "train.checkpoint.path = \"DIR/rows/checkpoint\""),
                2,
                "train.checkpoint.path \"" + folder + "/rows/checkpoint\" is inside data.path \"");
    }

    /** Hadoop names the class of s3a://, which only its connector has. */
    @ParameterizedTest
    @CsvSource({
        "data.path, 3",
        "data.holdout.path, 3",
        "train.initialModel, 3",
        "output.path, 2",
        "train.checkpoint.path, 2"
    })
    void aFileSystemWithoutItsConnector(String key, int code) {
        refused(
                train(key + " = \"s3a://bucket/x\"", "x", "1", "2", "3"),
                code,
                "a class of s3a:// is missing (Class org.apache.hadoop.fs.s3a.S3AFileSystem not" + " found)",
                "; add it after --, for example -- --packages" + " org.apache.hadoop:hadoop-aws:VERSION");
    }
}
