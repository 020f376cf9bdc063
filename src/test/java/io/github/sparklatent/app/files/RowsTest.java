package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.files.SimulatedStore.Step;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that replace others, with kills between any two steps; and what else may be in their directory. */
class RowsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    /** A process that writes two files of rows, on the files of a store. */
    private static final class Process {
        private final SortedMap<String, byte[]> files;
        private final String name;
        private final List<Object> answers = new ArrayList<>();
        private RuntimeException error;
        private String run;

        Process(SortedMap<String, byte[]> files, String name) {
            this.files = files;
            this.name = name;
        }

        /**
         * Does steps until there are so many of them; returns false if it ended before.
         *
         * @param isAlone whether no other process has written since it began
         */
        boolean goOn(int steps, boolean isAlone) throws IOException {
            while (true) {
                try {
                    write(new SimulatedStore(answers));
                    return false;
                } catch (ConflictException e) {
                    error = e;
                    return false;
                } catch (Step step) {
                    if (answers.size() >= steps) {
                        return true;
                    }
                    answers.add(step.on(files));
                    if (isAlone) {
                        requireNoParts(files);
                    }
                }
            }
        }

        Process end(boolean isAlone) throws IOException {
            goOn(Integer.MAX_VALUE, isAlone);
            return this;
        }

        private void write(SimulatedStore store) {
            Place place = new Place(store, "/rows/_spark-latent", "output.path", CLOCK, () -> name);
            RunDirectory output = RunDirectory.ofRows(place, "score", OutputMode.OVERWRITE);
            output.begin();
            run = output.name();
            output.writeRows(name, directory -> {
                for (int part = 0; part < 2; part++) {
                    output.text(new org.apache.hadoop.fs.Path(directory, "part-" + part + ".csv"), name);
                }
            });
        }
    }

    private static List<String> visible(SortedMap<String, byte[]> files) {
        return files.keySet().stream()
                .filter(file -> !file.startsWith("/rows/_"))
                .toList();
    }

    private static List<String> parts(String run) {
        return List.of("/rows/part-0." + run + ".csv", "/rows/part-1." + run + ".csv");
    }

    /** With {@code _SUCCESS} there are all rows of the run that it names, and no others. */
    private static void requireNoParts(SortedMap<String, byte[]> files) {
        byte[] success = files.get("/rows/_SUCCESS");
        if (success != null) {
            String run = new String(success).split("run |\n")[2];
            assertThat(visible(files)).isEqualTo(parts(run));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killsLeaveNoPartsAndTheNextRunWritesAllRows(boolean areReplaced) throws IOException {
        SortedMap<String, byte[]> before = new TreeMap<>();
        if (areReplaced) {
            new Process(before, "a").end(true);
        }
        boolean mayGoOn = true;
        for (int first = 0; mayGoOn; first++) {
            SortedMap<String, byte[]> afterOne = SimulatedStore.copy(before);
            mayGoOn = new Process(afterOne, "b").goOn(first, true);
            for (int second = 0; second < first + 12; second += 9) {
                SortedMap<String, byte[]> files = SimulatedStore.copy(afterOne);
                new Process(files, "c").goOn(second, true);
                Process last = new Process(files, "d").end(true);
                assertThat(last.error).isNull();
                assertThat(visible(files)).isEqualTo(parts(last.run));
                assertThat(files).containsKey("/rows/_SUCCESS");
            }
        }
    }

    @Test
    void aRunThatSleptLeavesTheRowsOfALaterOne() throws IOException {
        SortedMap<String, byte[]> before = new TreeMap<>();
        new Process(before, "a").end(true);
        boolean mayGoOn = true;
        int conflicts = 0;
        for (int first = 0; mayGoOn; first++) {
            SortedMap<String, byte[]> files = SimulatedStore.copy(before);
            Process sleeper = new Process(files, "b");
            mayGoOn = sleeper.goOn(first, true);
            Process other = new Process(files, "c").end(true);
            if (mayGoOn && sleeper.run != null && other.error == null) {
                sleeper.end(false); // its first step may leave parts, which it deletes
                conflicts += sleeper.error == null ? 0 : 1;
                assertThat(visible(files)).isEqualTo(parts(other.run));
                assertThat(new String(files.get("/rows/_SUCCESS"))).contains(other.run);
            }
        }
        assertThat(conflicts).isGreaterThan(10);
    }

    private RunDirectory local(String work, OutputMode mode) {
        return RunDirectory.ofRows(new Configuration(), folder + "/rows", work, mode);
    }

    private static void write(RunDirectory output) {
        output.begin();
        output.write(false, directory -> output.text(new org.apache.hadoop.fs.Path(directory, "part-0.csv"), "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine.csv", "date=2026-01-31/part-0.csv", "part-0.score.0.of-nobody.csv", "log/1"})
    void filesOfOthersAreNamedAndStay(String name) throws IOException {
        write(local("score", OutputMode.ERROR));
        Path other = folder.resolve("rows").resolve(name);
        Files.createDirectories(other.getParent());
        Files.writeString(other, "mine");
        for (OutputMode mode : List.of(OutputMode.ERROR, OutputMode.OVERWRITE)) {
            RunDirectory output = local("score", mode);
            assertThatThrownBy(output::requireUsable)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("has \"" + name.replaceFirst("/.*", "/") + "\", which is not of its rows");
            assertThatThrownBy(output::begin).isInstanceOf(UsageException.class);
        }
        assertThat(other).hasContent("mine");
    }

    /** It may come while the rows are computed. */
    @Test
    void aFileOfOthersThatComesLaterStays() throws IOException {
        RunDirectory output = local("score", OutputMode.ERROR);
        output.begin();
        assertThatThrownBy(() -> output.write(false, directory -> {
                    output.text(new org.apache.hadoop.fs.Path(directory, "part-0.csv"), "1");
                    output.text(new org.apache.hadoop.fs.Path(folder + "/rows/mine.csv"), "mine");
                }))
                .hasMessageContaining("has \"mine.csv\"");
        assertThat(folder.resolve("rows").toFile().list()).containsExactlyInAnyOrder("mine.csv", "_spark-latent");
    }

    @Test
    void rowsOfAnotherCommandStay() {
        write(local("score", OutputMode.ERROR));
        assertThatThrownBy(local("sample", OutputMode.OVERWRITE)::requireUsable)
                .hasMessageContaining("has rows of score, expected those of sample or none");
        assertThatThrownBy(local("score", OutputMode.ERROR)::requireUsable).isInstanceOf(ResultExistsException.class);
        RunDirectory next = local("score", OutputMode.OVERWRITE);
        next.begin();
        next.write(
                false, directory -> next.text(new org.apache.hadoop.fs.Path(directory, "part-1.snappy.parquet"), "1"));
        assertThat(folder.resolve("rows").toFile().list())
                .containsExactlyInAnyOrder("part-1." + next.name() + ".snappy.parquet", "_SUCCESS", "_spark-latent");
        assertThat(next.result()).isEqualTo(folder + "/rows");
    }

    @Test
    void rowsAreKnownByWhatTheyAreFrom() throws IOException {
        RunDirectory output = local("score", OutputMode.ERROR);
        output.begin();
        output.writeRows("this", directory -> output.text(new org.apache.hadoop.fs.Path(directory, "part-0"), "1"));
        assertThat(local("score", OutputMode.ERROR).isFrom("this")).isTrue();
        assertThat(local("score", OutputMode.ERROR).isFrom("other")).isFalse();
        assertThat(local("score", OutputMode.ERROR).isFrom(null)).isFalse();
        Files.writeString(folder.resolve("rows/_SUCCESS"), "run of another");
        assertThat(local("score", OutputMode.ERROR).isFrom("this")).isFalse();
    }
}
