package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.FaultyFiles;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModels.ResultLocation;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs: their results, the links to them, and the status of the runs. */
class PlaceTest {
    @TempDir
    Path folder;

    private static Configuration hadoop() {
        Configuration hadoop = ObjectStore.configuration();
        hadoop.set(HadoopStore.TRUSTED, ObjectStore.SCHEME + "," + FaultyFiles.SCHEME);
        return hadoop;
    }

    private RunDirectory output(String scheme, OutputMode mode) {
        return new RunDirectory(
                new Place(hadoop(), scheme + "://" + folder + "/out", "output.path"), Optional.empty(), mode);
    }

    private static void write(RunDirectory output, String model) {
        output.write(true, directory -> {
            output.text(new org.apache.hadoop.fs.Path(directory, "model/a"), model);
            output.text(new org.apache.hadoop.fs.Path(directory, "report.html"), "report of " + model);
        });
    }

    private String current(String scheme) throws IOException {
        org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(scheme + "://" + folder + "/out");
        org.apache.hadoop.fs.Path found = ResultLocation.current(hadoop(), place);
        return new String(new HadoopStore(hadoop(), place)
                .get(new org.apache.hadoop.fs.Path(found, "model/a"))
                .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "objects", "faulty"})
    void aResultIsReplacedIfItMayBe(String scheme) throws IOException {
        RunDirectory first = output(scheme, OutputMode.ERROR);
        first.requireUsable();
        first.begin();
        write(first, "first");
        assertThat(current(scheme)).isEqualTo("first");
        assertThatThrownBy(() -> output(scheme, OutputMode.ERROR).requireUsable())
                .isInstanceOf(ResultExistsException.class)
                .hasMessageContaining("/out\" exists; set output.overwrite = true");
        RunDirectory second = output(scheme, OutputMode.OVERWRITE);
        second.requireUsable();
        second.begin();
        write(second, "second");
        assertThat(current(scheme)).isEqualTo("second");
        assertThat(folder.resolve("out/runs").toFile().list())
                .as("a reader may have the one before")
                .containsExactlyInAnyOrder(first.name(), second.name());
    }

    @Test
    void localLinksLeadPeopleToTheResult() throws IOException {
        for (String model : List.of("first", "second")) {
            RunDirectory output = output("file", OutputMode.OVERWRITE);
            output.begin();
            write(output, model);
            assertThat(output.result()).isEqualTo("file://" + folder + "/out");
            assertThat(Files.readString(folder.resolve("out/report.html"))).isEqualTo("report of " + model);
            assertThat(Files.readString(folder.resolve("out/model/a"))).isEqualTo(model);
        }
        Path moved = Files.move(folder.resolve("out"), folder.resolve("moved"));
        assertThat(Files.readString(moved.resolve("model/a"))).isEqualTo("second");
        RunDirectory figures = new RunDirectory(
                new Place(hadoop(), folder + "/figures", "output.path"), Optional.empty(), OutputMode.ERROR);
        figures.begin();
        figures.write(false, directory -> figures.text(new org.apache.hadoop.fs.Path(directory, "metrics.json"), "1"));
        assertThat(figures.result()).isEqualTo(folder + "/figures/current");
        assertThat(Files.readString(folder.resolve("figures/metrics.json"))).isEqualTo("1");
    }

    @Test
    void ofTwoRunsAtOnceTheFirstToEndWins() throws IOException {
        RunDirectory first = output("file", OutputMode.OVERWRITE);
        RunDirectory second = output("file", OutputMode.OVERWRITE);
        first.begin();
        second.begin();
        write(second, "second");
        assertThatThrownBy(() -> write(first, "first"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("has a new result, of run " + second.name());
        assertThat(current("file")).isEqualTo("second");
        assertThat(folder.resolve("out/runs").toFile().list()).containsExactly(second.name());
    }

    @Test
    void filesOfOthersAreNotTouched() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        assertThat(output("file", OutputMode.ERROR)).satisfies(RunDirectory::requireUsable); // it is empty
        Files.writeString(folder.resolve("out/mine"), "");
        assertThatThrownBy(() -> output("file", OutputMode.OVERWRITE).requireUsable())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("spark-latent did not write");
        Place registry = new Place(hadoop(), folder + "/out", "registry.path");
        assertThatThrownBy(() -> registry.requireUsable(true)).isInstanceOf(UsageException.class);
    }

    @Test
    void anOutputIsNoRegistry() {
        RunDirectory output = output("file", OutputMode.ERROR);
        output.begin();
        write(output, "a");
        Place place = new Place(hadoop(), folder + "/out", "registry.path");
        assertThatThrownBy(() -> place.requireUsable(true))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is an output, expected a registry or nothing");
        assertThatThrownBy(() -> new Registry(place).refused("night", "no rows"))
                .hasMessageContaining("is an output, expected a registry");
    }

    /** Each step of a writer fails once, and then for good: the old result stays, or the new one is there. */
    @ParameterizedTest
    @ValueSource(strings = {"faulty", "objects"})
    void aFaultLeavesTheOldResultOrTheNewOne(String scheme) throws IOException {
        RunDirectory first = output(scheme, OutputMode.ERROR);
        first.begin();
        write(first, "old");
        for (boolean dies : new boolean[] {false, true}) {
            boolean isReached = true;
            for (int call = 1; isReached; call++) {
                RunDirectory output = output(scheme, OutputMode.OVERWRITE);
                output.begin();
                String before = current(scheme);
                String own = dies + " " + call;
                FaultyFiles.failAt(call, dies);
                boolean isDone = false;
                try {
                    write(output, own);
                    isDone = true;
                } catch (UncheckedIOException e) {
                    assertThat(e).hasMessageContaining(FaultyFiles.FAULT);
                } finally {
                    isReached = FaultyFiles.failNever();
                }
                assertThat(current(scheme)).isIn(isDone ? List.of(own) : List.of(before, own));
            }
        }
    }

    @Test
    void theStatusSaysHowARunHasEnded() throws IOException {
        RunDirectory output = output("file", OutputMode.ERROR);
        Status status = new Status(output, "train");
        status.ended(2);
        assertThat(folder.resolve("out")).as("it had not begun").doesNotExist();
        status.begin(time -> {});
        assertThat(status(output)).containsEntry("state", "running").containsEntry("command", "train");
        status.set("message", "no rows");
        status.ended(3);
        assertThat(status(output))
                .containsEntry("state", "ended")
                .containsEntry("exitCode", 3)
                .containsEntry("retryable", false)
                .containsEntry("message", "no rows")
                .containsKey("time");
    }

    private Map<String, Object> status(RunDirectory output) throws IOException {
        return Json.parse(Files.readString(folder.resolve("out/status/" + output.name() + ".json")));
    }

    @Test
    void aRunIsNotAnotherOneWhoseIdContinuesIts() {
        RunDirectory night = new RunDirectory(
                new Place(hadoop(), folder + "/registry", "registry.path"),
                Optional.of("2026-01-31"),
                OutputMode.ERROR);
        night.begin();
        assertThat(night.isSameWork("2026-01-31.0.other")).isTrue();
        assertThat(night.isSameWork("2026-01-31.1.0.other")).isFalse();
        assertThat(night.isSameWork(night.name())).isFalse();
    }

    /** Only a run whose file changes while it is looked at lives; one that was killed does not. */
    @Test
    void aRunThatLivesEndsAnotherAtItsStart() throws IOException {
        RunDirectory first = output("file", OutputMode.OVERWRITE);
        new Status(first, "train").begin(time -> {});
        List<Duration> pauses = new ArrayList<>();
        RunDirectory second = output("file", OutputMode.OVERWRITE);
        Status later = new Status(second, "train");
        later.begin(pauses::add);
        assertThat(pauses).hasSize(1);
        assertThat(folder.resolve("out/status/" + first.name() + ".json"))
                .as("no other run waits for it")
                .doesNotExist();
        Path file = folder.resolve("out/status/" + second.name() + ".json");
        Status third = new Status(output("file", OutputMode.OVERWRITE), "train");
        assertThatThrownBy(() -> third.begin(time -> {
                    try {
                        Files.writeString(file, Files.readString(file).replace("\"beat\" : 1", "\"beat\" : 2"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is in use: run " + second.name() + " lives");
        later.ended(0);
    }
}
