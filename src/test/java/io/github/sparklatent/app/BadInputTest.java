package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with the data, the configuration or the paths ends in a sentence and an exit code,
 * and a result that is there already stays as it was.
 */
class BadInputTest extends CommandTest {
    private Map<String, String> before;

    /** A result that each of these trainings would replace if it came to its end. */
    @BeforeEach
    void anOlderResult() {
        write("out/_SUCCESS", "spark-latent 0");
        write("out/metrics.json", "{\"old\": true}");
        write("out/model/metadata/part-0", "old");
        before = snapshot(folder.resolve("out"));
    }

    private void assertUntouched() {
        assertThat(snapshot(folder.resolve("out"))).isEqualTo(before);
        assertThat(names())
                .as("nothing is left beside the result")
                .noneMatch(n -> n.startsWith("."));
    }

    private void refused(Ended ended, int code, String... parts) {
        assertRefused(ended, code, parts);
        assertUntouched();
    }

    /** Trains on a csv of these lines, with further configuration in one line. */
    private Ended train(String further, String... table) {
        write("table.csv", table);
        return run(
                "train",
                "data { path = \"DIR/table.csv\", format = csv, holdout.fraction = 0 }",
                "model.components = 2",
                "output { path = \"DIR/out\", overwrite = true }",
                further);
    }

    private void skipped(Ended ended, long rows, long skipped) {
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(folder.resolve("out/metrics.json"))
                .content()
                .contains("\"train\" : " + rows + ",", "\"skipped\" : " + skipped);
    }

    @Test
    void missingPath() {
        refused(
                run(
                        "train",
                        "data { path = \"DIR/nope.parquet\" }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "data.path \"" + folder + "/nope.parquet\" does not exist");
    }

    @Test
    void oneOfTwoPathsIsMissing() {
        write("there.csv", "x", "1", "2");
        refused(
                run(
                        "train",
                        "data { path = [\"DIR/there.csv\", \"DIR/nope.csv\"], format = csv }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "data.path \"" + folder + "/nope.csv\" does not exist");
    }

    @Test
    void missingHoldoutPath() {
        refused(
                train("data.holdout = { path = \"DIR/nope.csv\" }", "x", "1", "2", "3"),
                3,
                "data.holdout.path \"" + folder + "/nope.csv\" does not exist");
    }

    @Test
    void aFileOfAnotherFormat() {
        write("table.parquet", "this is text and no Parquet");
        refused(
                run(
                        "train",
                        "data { path = \"DIR/table.parquet\" }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "data.path \"" + folder + "/table.parquet\" cannot be read as parquet");
    }

    @Test
    void aFileSystemThatIsNotThere() {
        refused(
                run(
                        "train",
                        "data { path = \"nosuch://host/table\" }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "data.path \"nosuch://host/table\" cannot be reached",
                "nosuch");
    }

    @Test
    void emptyTableOfText() {
        refused(train("", "x,y"), 3, "data.path \"" + folder + "/table.csv\" has no rows");
    }

    @Test
    void emptyTable() {
        LocalSpark.numbers(spark, new double[] {1, 2})
                .filter("x0 > 5")
                .write()
                .parquet(folder.resolve("empty").toString());
        refused(
                run(
                        "train",
                        "data { path = \"DIR/empty\" }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "the table has no rows");
    }

    @Test
    void noNumericColumn() {
        refused(
                train("", "name,town", "Ada,London", "Kurt,Brno"),
                3,
                "the table has no numeric column",
                "name string, town string");
    }

    @Test
    void aStringColumnNamedAsFeature() {
        refused(
                train("data.features = [x, name]", "x,name", "1,Ada", "2,Kurt"),
                3,
                "features column \"name\" is a string, expected a number, a vector or an array of"
                        + " numbers");
    }

    @Test
    void aFeatureThatIsNotThere() {
        refused(
                train("data.features = [x, z]", "x,y", "1,2", "2,3"),
                3,
                "features column \"z\" does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", "weight", "id"})
    void aNamedColumnThatIsNotThere(String role) {
        refused(
                train("data." + role + " = z", "x,y", "1,2", "2,3"),
                3,
                "data." + role + " column \"z\" does not exist; the table's columns: x, y");
    }

    @Test
    void vectorsOfDifferentLengths() {
        write("table.json", "{\"v\": [1, 2]}", "{\"v\": [1, 2, 3]}", "{\"v\": [4, 5]}");
        refused(
                run(
                        "train",
                        "data { path = \"DIR/table.json\", format = json }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "the rows differ in length: from 2 to 3 numbers in features \"v\"");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN or null", "Inf, infinite", "-Inf, infinite", "'', NaN or null"})
    void aNumberThatIsNoneUnderError(String value, String found) {
        refused(
                train("data.invalid = error", "x,y", "1,2", "2," + value, "3,4", "4,6"),
                3,
                "1 of 8 numbers are " + found + " (in \"y\"), expected finite numbers",
                "skip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Inf", "-Inf", ""})
    void aNumberThatIsNoneUnderSkip(String value) {
        skipped(train("data.invalid = skip", "x,y", "1,2", "2," + value, "3,4", "4,6"), 3, 1);
    }

    @Test
    void nothingIsLeftUnderSkip() {
        refused(
                train("data.invalid = skip", "x,y", "1,NaN", "2,Inf"),
                3,
                "none of the 2 rows can be used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Inf", ""})
    void aNumberThatIsNoneUnderKeep(String value) {
        refused(
                train("data.invalid = keep", "x,y", "1,2", "2," + value, "3,4", "4,6"),
                2,
                "data.invalid is keep, but a gmm cannot hold missing values: must be error or"
                        + " skip");
    }

    @Test
    void oneRow() {
        refused(
                train("", "x,y", "1,2"),
                3,
                "the table has one row; a mixture needs at least 2 distinct ones");
    }

    @Test
    void allRowsEqual() {
        refused(
                train("model.components = 1", "x,y", "1,2", "1,2", "1,2"),
                3,
                "all 3 rows of the table are equal; a mixture needs at least 2 distinct ones");
    }

    @Test
    void fewerDistinctRowsThanComponents() {
        refused(
                train("model.components = 3", "x,y", "1,2", "3,4", "1,2", "3,4"),
                3,
                "the table has 2 distinct rows, but components is 3");
    }

    @Test
    void aConstantColumnIsTold() {
        Ended ended = train("", "x,y", "1,5", "2,5", "9,5", "10,5");
        skipped(ended, 4, 0);
        assertThat(ended.out()).contains("1 of 2 columns are constant", "y = 5.0");
    }

    @ParameterizedTest
    @CsvSource({"-1, a negative number", "NaN, NaN or null", "'', NaN or null"})
    void aWeightThatIsNone(String weight, String found) {
        refused(
                train("data.weight = w", "x,w", "1,1", "2," + weight, "3,1"),
                3,
                "weight column \"w\" holds " + found + " in 1 of 3 rows");
    }

    @Test
    void aWeightOfZeroLeavesTheRowOut() {
        skipped(train("data.weight = w", "x,w", "1,1", "2,0", "3,1", "4,2"), 3, 1);
    }

    @Test
    void allWeightsAreZero() {
        refused(
                train("data.weight = w", "x,w", "1,0", "2,0"),
                3,
                "weight column \"w\" is 0 in all 2 rows");
    }

    @Test
    void aWeightColumnOfText() {
        refused(
                train("data.weight = w", "x,w", "1,much", "2,little"),
                3,
                "weight column \"w\" is a string, expected a number");
    }

    @Test
    void allRowsAreHeldOut() {
        refused(
                train("data.holdout.fraction = 0.999999", "x", "1", "2"),
                3,
                "all 2 rows are held out");
    }

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
    void aModelThatIsNotThere() {
        write("table.csv", "x,y", "1,2", "3,4");
        refused(
                run(
                        "score",
                        "data { path = \"DIR/table.csv\", format = csv }",
                        "model.path = \"DIR/nope\"",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "there is no model at " + folder + "/nope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata",
                "stages",
                "stages/0_assembler/metadata",
                "stages/0_assembler/data",
                "stages/1_mixture/metadata",
                "stages/1_mixture/data"
            })
    void aTruncatedModel(String lost) throws IOException {
        Path model = savedModel();
        delete(model.resolve(lost));
        refused(score("x,y", "1,2", "3,4"), 3, model.toString());
    }

    @Test
    void aModelWithAFileCutShort() throws IOException {
        Path model = savedModel();
        try (Stream<Path> files = Files.walk(model.resolve("stages/1_mixture/data"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                byte[] all = Files.readAllBytes(file);
                Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));
                Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
            }
        }
        refused(score("x,y", "1,2", "3,4"), 3, "is truncated");
    }

    @Test
    void scoringRowsThatLackAColumn() {
        savedModel();
        refused(score("x,z", "1,2", "3,4"), 3, "features column \"y\" does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "evaluate"})
    void rowsOfAnotherWidth(String command) {
        write("train.json", "{\"v\":[1,2]}", "{\"v\":[2,5]}", "{\"v\":[8,9]}", "{\"v\":[9,9]}");
        write("wide.json", "{\"v\":[1,2,3]}", "{\"v\":[2,5,6]}");
        Ended trained =
                run(
                        "train",
                        "data { path = \"DIR/train.json\", format = json, holdout.fraction = 0 }",
                        "model.components = 1, output.path = \"DIR/saved\"");
        assertThat(trained.code()).as(trained.err()).isZero();
        refused(
                run(
                        command,
                        "data { path = \"DIR/wide.json\", format = json }",
                        "model.path = \"DIR/saved\"",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "the rows have 3 numbers, expected 2");
    }

    @Test
    void scoringAColumnThatIsThereAlready() {
        savedModel();
        refused(
                score("x,y,Component", "1,2,3", "3,4,5"),
                3,
                "the table has a column \"component\" already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Inf", ""})
    void scoringANumberThatIsNone(String value) {
        savedModel();
        refused(score("x,y", "1,2", "3," + value), 3, "1 of 4 numbers are", "(in \"y\")");
    }

    @Test
    void samplingAComponentThatIsNotThere() {
        savedModel();
        refused(
                run(
                        "sample",
                        "model.path = \"DIR/saved\", sample.component = 2",
                        "output { path = \"DIR/out\", overwrite = true }"),
                2,
                "sample.component is 2, expected 0 to 1");
    }

    @Test
    void aFractionThatHoldsNothingOut() {
        refused(
                train(
                        "data.holdout.fraction = 1e-9, model { criterion = holdout, components ="
                                + " [1, 2] }",
                        "x,y",
                        "1,2",
                        "3,4",
                        "5,7",
                        "8,8"),
                3,
                "of 4 rows data.holdout.fraction holds none out");
    }

    @Test
    void aGlobDoesNotTakeTheLabelInAnotherCase() {
        refused(
                train("data { label = X, features = [x] }", "x,y", "1,2", "3,4"),
                2,
                "data.label is \"X\", a column that data.features names already");
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

    @Test
    void anInitialModelOfAnotherWidth() {
        savedModel();
        refused(
                train("train.initialModel = \"DIR/saved\"", "x,y,z", "1,2,3", "3,4,5", "5,6,8"),
                2,
                "train.initialModel was trained on columns [x, y]",
                "[x, y, z]");
    }

    @Test
    void anInitialModelOfOtherComponents() {
        savedModel();
        refused(
                train(
                        "model.components = 3, train.initialModel = \"DIR/saved\"",
                        "x,y",
                        "1,2",
                        "3,4",
                        "5,6",
                        "6,9"),
                2,
                "train.initialModel has model.components = 2, found [3]");
    }

    /** Trains on two columns x and y, into {@code saved}; returns its model directory. */
    private Path savedModel() {
        write("train.csv", "x,y", "1,2", "2,1", "8,9", "9,8", "1,1", "9,9");
        Ended trained =
                run(
                        "train",
                        "data { path = \"DIR/train.csv\", format = csv, holdout.fraction = 0 }",
                        "model.components = 2, output.path = \"DIR/saved\"");
        assertThat(trained.code()).as(trained.err()).isZero();
        return folder.resolve("saved/model");
    }

    private Ended score(String... table) {
        write("table.csv", table);
        return run(
                "score",
                "data { path = \"DIR/table.csv\", format = csv }",
                "model.path = \"DIR/saved\"",
                "output { path = \"DIR/out\", overwrite = true }");
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
