package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands with data.placed: later trainings of the same files do not read them. */
class PlacedCommandsTest extends CommandTest {
    private static final int ROWS = 300;

    @BeforeEach
    void table() {
        write("rows/waves.csv", lines(ROWS));
        write("held/waves.csv", lines(40));
    }

    private static String[] lines(int rows) {
        return Stream.concat(
                        Stream.of("x,y"), IntStream.range(0, rows).mapToObj(i -> Math.sin(i) + "," + Math.cos(1.7 * i)))
                .toArray(String[]::new);
    }

    private String[] job(String output, String... further) {
        return Stream.concat(
                        Stream.of(
                                "data { path = \"DIR/rows\", format = csv, schema = \"x double, y" + " double\" }",
                                "model.components = 2",
                                "output { path = \"DIR/" + output + "\", report = false }"),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    private List<Path> manifests() {
        Path placed = folder.resolve("placed");
        if (!Files.exists(placed)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(placed)) {
            return all.filter(path -> path.endsWith("manifest")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String model(String output) {
        return String.valueOf(parameters(folder.resolve(output)));
    }

    /** Replaces a file by one of the same length and time, which nobody can see but by reading. */
    private void hide(String name) throws IOException {
        Path file = folder.resolve(name);
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, Files.readString(file).replace('1', '7'));
        Files.setLastModifiedTime(file, time);
    }

    @Test
    void laterTrainingsOfTheSameFilesDoNotReadThem() throws IOException {
        String placed = "data.placed = \"DIR/placed\"";
        String holdout = "data.holdout.path = \"DIR/held\"";
        done(run("train", job("plain", holdout)));
        done(run("train", job("first", holdout, placed)));
        assertThat(model("first")).isEqualTo(model("plain"));
        assertThat(manifests()).as("rows and held-out rows").hasSize(2);

        hide("rows/waves.csv");
        hide("held/waves.csv");
        done(run("train", job("second", holdout, placed)));
        assertThat(model("second")).isEqualTo(model("plain"));
        done(run("train", job("scaled", holdout, placed, "data.scale = standard")));
        done(run(
                "train",
                job(
                        "network",
                        holdout,
                        placed,
                        "model = null, model { type = ae, latent = 1 }",
                        "train { maxEpochs = 1, roundsPerEpoch = 1, partitions = 4 }")));
        assertThat(manifests()).hasSize(2);
        done(run("train", job("read", holdout)));
        assertThat(model("read")).as("the files were replaced").isNotEqualTo(model("plain"));
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        String placed = "data.placed = \"DIR/placed\"";
        done(run("train", job("first", placed)));
        assertThat(manifests()).hasSize(1);
        write("rows/more.csv", lines(10));
        done(run("train", job("more", placed)));
        assertThat(manifests()).hasSize(2);
        done(run("train", job("plain")));
        assertThat(model("more")).isEqualTo(model("plain")).isNotEqualTo(model("first"));
        Files.setLastModifiedTime(folder.resolve("rows/more.csv"), FileTime.fromMillis(1000));
        done(run("train", job("later", placed)));
        assertThat(manifests()).hasSize(3);
        assertThat(model("later")).isEqualTo(model("plain"));
    }

    @Test
    void theDirectoryIsNoTableAndNoFile() {
        assertRefused(
                run("train", job("out", "data.placed = \"DIR/rows/placed\"")),
                2,
                "data.placed \"" + folder + "/rows/placed\" is inside data.path \"");
        assertRefused(
                run("train", job("out", "data.placed = \"DIR/rows/waves.csv\"")),
                2,
                "data.placed \"" + folder + "/rows/waves.csv\" is");
        assertRefused(
                run("train", job("placed", "data.placed = \"DIR/placed\"")),
                2,
                "which the job reads: set another path");
        write("file", "a file");
        assertRefused(
                run("train", job("out", "data.placed = \"DIR/file\"")),
                2,
                "data.placed \"" + folder + "/file\" is a file, expected a directory or nothing");
    }
}
