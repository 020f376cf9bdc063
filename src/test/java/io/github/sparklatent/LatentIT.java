package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.JobScript.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobs/latent} as a person or a scheduler runs it: processes, signals, exit codes. */
class LatentIT {
    private static final Path DIGITS = Path.of("conf/data/digits.csv.gz").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 240;

    @TempDir
    Path folder;

    private String[] train(String output, String... further) throws IOException {
        Path configuration = folder.resolve("job.conf");
        Files.writeString(configuration, """
                model { components = 10, covariance = full, regularization = 1 }
                data { path = "%s", format = csv, header = false, features = ["_c*"], label = _c64 }
                train { maxRounds = 150, tolerance = 0, partitions = 4, checkpoint { every = 1000 } }
                output.report = false
                """.formatted(DIGITS));
        return Stream.concat(
                        Stream.of(
                                "train",
                                "--config",
                                configuration.toString(),
                                "--set",
                                "output.path=" + folder.resolve(output)),
                        Arrays.stream(further))
                .toArray(String[]::new);
    }

    private JobScript latent() {
        return JobScript.of("latent", folder, Map.of());
    }

    @Test
    void aTrainingThatIsTerminatedGoesOnToTheSameBits() throws Exception {
        Outcome whole = latent().run(train("whole"));
        assertThat(whole.code()).as(whole.errors()).isZero();
        assertThat(whole.output()).startsWith("model ").contains("holdout", "accuracy");
        assertThat(whole.errors()).contains("_c0 to _c63 (64)", " rows/s");

        Path errors = folder.resolve("stopped.txt");
        int code = terminated(errors, train("stopped"));
        String printed = Files.readString(errors);
        assertThat(code).as(printed).isEqualTo(143);
        assertThat(printed).contains("spark-latent: stopped by a signal; checkpoint \"");
        assertThat(printed).as("no stack trace").doesNotContain("\tat ");
        assertThat(folder.resolve("stopped/model")).doesNotExist();
        assertThat(folder.resolve("stopped/state")).isNotEmptyDirectory();

        Outcome resumed = latent().run(train("stopped"));
        assertThat(resumed.code()).as(resumed.errors()).isZero();
        assertThat(resumed.errors()).contains("continuing from checkpoint");
        assertThat(mixture("stopped")).isEqualTo(mixture("whole"));
    }

    /** Starts a training, sends SIGTERM after its first line of a round, and returns the code. */
    private int terminated(Path errors, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(Path.of("jobs/latent").toAbsolutePath().toString()), Arrays.stream(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().remove("SPARK_HOME");
        Process process = builder.start();
        CompletableFuture<Void> patience = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        try (BufferedReader printed = process.errorReader();
                PrintWriter written = new PrintWriter(errors.toFile(), StandardCharsets.UTF_8)) {
            boolean signalled = false;
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                written.println(line);
                if (!signalled && line.contains(": objective ")) {
                    signalled = true;
                    process.toHandle().destroy(); // SIGTERM; Process.destroy would close its output
                }
            }
            return process.waitFor();
        } finally {
            patience.cancel(false);
            process.destroyForcibly();
        }
    }

    /** The saved parameters. */
    private JsonNode mixture(String output) {
        return SavedContent.parameters(folder.resolve(output + "/model/stages/0_gmm"));
    }

    /** The proposed command begins with the script as it was typed. */
    @Test
    void aTableWithoutAModelIsToBeTrainedFirst() throws Exception {
        Files.writeString(folder.resolve("t.csv"), "x,y\n1,2\n3,4\n");
        Outcome outcome = latent().run("score", "t.csv");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.errors())
                .contains("t.csv is csv with the separator \",\" and a header")
                .contains("there is no model of t.csv, expected the result out/t-groups")
                .containsPattern("train one: \\S+/jobs/latent train t.csv\n");
    }

    @Test
    void aMistakeInTheConfigurationIsReportedBeforeSparkStarts() throws Exception {
        Outcome outcome = latent().run(train("out", "--set", "train.tolerance=-1"));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors())
                .contains("spark-latent: --set: train.tolerance is -1, must be a number >= 0")
                .doesNotContain("\tat ", "Exception");
    }
}
