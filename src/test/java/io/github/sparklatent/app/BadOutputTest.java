package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths and configurations that cannot be used end in a sentence and an exit code, and nothing is overwritten. */
class BadOutputTest extends BadInputContract {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    output.overwrite = false                ~ output.path "DIR/out" exists
                    output.path = "DIR/file"                ~ output.path "DIR/file" exists, and spark-latent did not write it
                    output.path = "DIR/home"                ~ output.path "DIR/home" exists, and spark-latent did not write it
                    output.path = "DIR/file/out"            ~ output.path "DIR/file/out" cannot be
                    output.path = "/dev/full/out"           ~ output.path "/dev/full/out" cannot be
                    """)
    void aPathThatCannotBeWritten(String line, String part) {
        write("file", "content, of some length and nobody's checkpoint");
        write("home/c.writing", "of somebody's");
        Map<String, String> before = snapshot(folder.resolve("home"));
        refused(train(line, "x,y", "1,2", "3,4", "5,7", "8,8"), 2, part.replace("DIR", folder.toString()));
        assertThat(folder.resolve("file")).content().startsWith("content");
        assertThat(snapshot(folder.resolve("home"))).isEqualTo(before);
    }

    @Test
    void anOutputThatIsATableOfSomebodyElse() {
        spark.range(3).write().parquet(folder.resolve("table").toString());
        Map<String, String> table = snapshot(folder.resolve("table"));
        refused(
                train("output.path = \"DIR/table\"", "x", "1", "2", "3"),
                2,
                "/table\" exists, and spark-latent did not write it");
        assertThat(snapshot(folder.resolve("table"))).isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
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

    @Test
    void anOutputThatHoldsTheNetworkOfTheFeatureSpace() {
        write("table.csv", "x", "1", "2");
        refused(
                run(
                        "evaluate",
                        "data { path = \"DIR/table.csv\", format = csv }",
                        "model { type = vae, path = \"DIR/model\" }",
                        "output { path = \"DIR/out\", overwrite = true }",
                        "evaluate.features { model = \"DIR/out/model\" }"),
                2,
                "/out\" contains evaluate.features.model \"",
                "which the job reads: set another path");
    }

    /** Hadoop names the class of s3a://, which only its connector has. */
    @ParameterizedTest
    @CsvSource({"data.path, 3", "data.holdout.path, 3", "train.initialModel, 3", "output.path, 2"})
    void aFileSystemWithoutItsConnector(String key, int code) {
        refused(
                train(key + " = \"s3a://bucket/x\"", "x", "1", "2", "3"),
                code,
                "a class of s3a:// is missing",
                "org.apache.hadoop:hadoop-aws:VERSION");
    }
}
