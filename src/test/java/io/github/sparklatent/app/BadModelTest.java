package io.github.sparklatent.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A saved model that is damaged or does not fit ends in a sentence and an exit code. */
class BadModelTest extends BadInputContract {
    @TempDir
    static Path shared;

    /** Trains on two columns x and y. */
    @BeforeAll
    static void trainOnce() {
        write(shared, "train.csv", "x,y", "1,2", "2,1", "8,9", "9,8", "1,1", "9,9");
        done(run(
                shared,
                "train",
                "data { path = \"DIR/train.csv\", format = csv, holdout.fraction = 0 }",
                "model.components = 2",
                "output { path = \"DIR/saved\", report = false }"));
    }

    @Test
    void aModelThatIsNotThere() {
        write("table.csv", "x,y", "1,2", "3,4");
        refused(
                run(
                        "score",
                        "data { path = \"DIR/table.csv\", format = csv }",
                        "model.path = \"DIR/nope\"",
                        "output { path = \"DIR/rows\", overwrite = true }"),
                3,
                "there is no model at " + folder + "/nope");
    }

    @Test
    void aFolderThatHoldsNoModel() {
        write("data/table.csv", "x,y", "1,2", "3,4");
        assertRefused(
                latent("inspect", folder + "/data/table.csv", folder.toString()),
                3,
                "there is no model at " + folder + ": it has neither a directory metadata, as a saved model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "stages/0_gmm/content.cbor", "stages/0_gmm/metadata"})
    void aTruncatedModel(String lost) {
        Path model = savedModel();
        FileUtil.fullyDelete(model.resolve(lost).toFile());
        refused(score("x,y", "1,2", "3,4"), 3, model.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stages/0_gmm/"})
    void brokenMetadata(String stage) throws IOException {
        Path metadata = savedModel().resolve(stage + "metadata");
        try (Stream<Path> files = Files.list(metadata)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("part-")) {
                    Files.writeString(file, "{\"class\": \n");
                } else {
                    Files.delete(file);
                }
            }
        }
        refused(score("x,y", "1,2", "3,4"), 3, metadata.getParent() + ", it is damaged: ");
    }

    @Test
    void aModelWithAChangedFile() throws IOException {
        Path model = trainedModel();
        Path success = model.resolve("metadata/_SUCCESS");
        Files.writeString(success, "something");
        refused(
                score("x,y", "1,2", "3,4"),
                3,
                "is damaged: its file \"metadata/_SUCCESS\" does not have the checksum in");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    x,z 1,2 3,4              ~ features column "y" does not exist
                    x,y,Prediction 1,2,3 3,4,5 ~ the table already has a column "prediction"
                    """)
    void rowsThatCannotBeScored(String table, String part) {
        savedModel();
        refused(score(table.split(" ")), 3, part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    sample ~ sample.component = 2               ~ sample.component is 2
                    sample ~ sample.given { z = 1 }             ~ sample.given has "z"
                    sample ~ sample.given { X = 1 }             ~ (did you mean x?)
                    sample ~ sample.given { x = 1, y = 2 }      ~ sample.given has every column of the model
                    sample ~ sample.given { x = warm }          ~ sample.given has x = "warm"
                    sample ~ sample.given { x = NaN }           ~ sample.given has x = "NaN"
                    train  ~ train.initialModel = "DIR/saved", data.features = [x, y, z] ~ train.initialModel was trained on columns [x, y]
                    train  ~ train.initialModel = "DIR/saved", model.components = 3      ~ 'model.components is 3, expected 2 as train.initialModel has'
                    """)
    void settingsThatDoNotFitTheModel(String command, String further, String part) {
        savedModel();
        if (command.equals("train")) {
            refused(train(further, "x,y,z", "1,2,3", "3,4,5", "5,6,8", "6,9,9"), 2, part);
        } else {
            String model = "model.path = \"DIR/saved\", ";
            String output = command.equals("score") ? "rows" : "drawn";
            refused(
                    run(command, model + further, "output.path = \"DIR/" + output + "\", output.overwrite = true"),
                    2,
                    part);
        }
    }

    /** Returns a trained model as an earlier version saved it, which the checksums do not cover. */
    private Path savedModel() {
        Path model = trainedModel();
        try {
            Files.delete(model.resolve("_CHECKSUMS"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }

    /** Copies the trained model into {@code saved}; returns its model directory. */
    private Path trainedModel() {
        copy(shared.resolve("saved"), folder.resolve("saved"));
        try {
            return folder.resolve("saved/model").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ended score(String... table) {
        write("table.csv", table);
        return run(
                "score",
                "data { path = \"DIR/table.csv\", format = csv }",
                "model.path = \"DIR/saved\"",
                "output { path = \"DIR/rows\", overwrite = true }");
    }
}
