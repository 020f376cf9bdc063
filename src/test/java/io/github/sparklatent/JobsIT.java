package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.JobScript.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launch scripts: what they find, what they pass on, and what they print if something is missing. */
class JobsIT {
    @TempDir
    Path folder;

    @Test
    void sparkSubmitGetsItsOptionsAndTheApplicationItsArguments() throws Exception {
        Path home = program("spark/bin/spark-submit", "printf '<%s>' \"$@\"; exit 5");
        Outcome outcome = latent(Map.of("SPARK_HOME", home.toString()))
                .run("train", "--config", "a b.conf", "--set", "x=$HOME *", "--", "--master", "yarn");
        assertThat(outcome.output())
                .contains("<--master><yarn><--class><io.github.sparklatent.app.Latent><")
                .endsWith("-job.jar><train><--config><a b.conf><--set><x=$HOME *>");
        assertThat(outcome.code()).as("spark-submit's own exit code").isEqualTo(5);
    }

    @Test
    void anotherJavaIsNamed() throws Exception {
        Path home = program("jdk/bin/java", "echo 'openjdk version \"25.0.1\" 2025-10-21' >&2");
        Outcome outcome = latent(Map.of("JAVA_HOME", home.toString())).run("train");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).contains("is Java 25.0.1, expected 17").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_HOME", "SPARK_HOME"})
    void aFolderWithoutJavaOrSparkIsNamed(String variable) throws Exception {
        Outcome outcome = latent(Map.of(variable, folder.toString())).run("train");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).contains(variable + " is " + folder).hasLineCount(1);
    }

    /** Of the options of spark-submit, a master counts wherever it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"--master yarn", "--conf spark.master=k8s://https://h:443", "file"})
    void aMasterThatMavensSparkDoesNotHaveIsRefused(String options) throws Exception {
        Path file = folder.resolve("spark.conf");
        Files.writeString(file, "spark.master.rest.enabled false\nspark.master   yarn-cluster\n");
        String given = options.equals("file") ? "--properties-file " + file : options;
        List<String> words = new ArrayList<>(List.of("train", "--config", "a.conf", "--"));
        words.addAll(List.of(given.split(" ")));
        Outcome outcome = latent(Map.of()).run(words.toArray(String[]::new));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors())
                .startsWith("spark-latent: the master is ")
                .contains("SPARK_HOME is not set", "pip install pyspark==")
                .hasLineCount(1);
    }

    @Test
    void aJarOlderThanItsSourcesIsReported() throws Exception {
        checkout("checkout");
        file("checkout/pom.xml", 1);
        Path source = file("checkout/src/main/java/Model.java", 1);
        Path home = program("spark/bin/spark-submit", "");
        JobScript copied = copied("checkout/jobs/latent", Map.of("SPARK_HOME", home.toString()));
        assertThat(copied.run("train").errors()).isEmpty();

        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(3)));
        assertThat(copied.run("train").errors())
                .startsWith("The job jar is older than src/main/java/Model.java; delete ")
                .hasLineCount(1);
    }

    /** Java archives no classes if a folder with files is on the class path. */
    @Test
    void noFolderIsOnTheClassPath() throws Exception {
        Outcome outcome = latent(Map.of())
                .run(
                        "train",
                        "--config",
                        Path.of("conf/digits.conf").toAbsolutePath().toString(),
                        "--set",
                        "train.tolerance=-1",
                        "--",
                        "--conf",
                        "spark.driver.extraJavaOptions=-XshowSettings:properties");
        assertThat(outcome.code()).as(outcome.errors()).isEqualTo(2); // before Spark starts
        List<String> entries = outcome.errors()
                .lines()
                .dropWhile(line -> !line.contains("java.class.path = "))
                .takeWhile(line -> !line.contains("java.class.version = "))
                .map(line -> line.replace("java.class.path = ", "").strip())
                .toList();
        assertThat(entries)
                .hasSizeGreaterThan(10)
                .allSatisfy(entry ->
                        assertThat(Path.of(entry).toFile().list()).as(entry).isNullOrEmpty());
    }

    /**
     * The signal is sent to the script only, as a container or a scheduler sends it. Each side waits at a pipe until
     * the other side is there, and the program ends only when the test lets it.
     */
    @Test
    void aScriptThatIsEndedEndsWhatItHasStarted() throws Exception {
        checkout("checkout");
        Path ended = folder.resolve("ended");
        try (Pipes pipes = new Pipes(folder)) {
            String ending = "trap '' TERM; echo > %s; read line < %s; kill -0 $PPID && touch %s; exit 143"
                    .formatted(pipes.path("ending"), pipes.path("let"), ended);
            Path home = program(
                    "spark/bin/spark-submit",
                    "trap '%s' TERM\necho > %s\nread line < %s"
                            .formatted(ending.replace("'", "'\\''"), pipes.path("started"), pipes.path("never")));
            Process process =
                    pipes.start(folder.resolve("checkout/jobs/quickstart"), Map.of("SPARK_HOME", home.toString()));
            pipes.await("started");
            process.destroy();
            pipes.await("ending");
            assertThat(process.isAlive()).as("waits for what it has started").isTrue();
            pipes.open("let");
            assertThat(pipes.code(process)).isEqualTo(143);
        }
        assertThat(ended).as("written while the script was there").exists();
    }

    @Test
    void aCheckoutMayStandInBrackets() throws Exception {
        checkout("[x] {y}*");
        Path digits = file("[x] {y}*/conf/data/digits.csv.gz", 1);
        file("x y/conf/data/digits.csv.gz", 1);
        Path home = program("spark/bin/spark-submit", "printf '<%s>' \"$@\"");
        Outcome outcome = copied("[x] {y}*/jobs/quickstart", Map.of("SPARK_HOME", home.toString()))
                .run();
        assertThat(outcome.code()).as(outcome.errors()).isZero();
        String path = outcome.output().replaceAll("(?s).*<data.path=(.*?)>.*", "$1");
        assertThat(FileSystem.getLocal(new Configuration()).globStatus(new org.apache.hadoop.fs.Path(path)))
                .extracting(found -> found.getPath().toUri().getPath())
                .containsExactly(digits.toString());
    }

    /** Copies the scripts, and creates a job jar of second 2. */
    private void checkout(String name) throws Exception {
        for (String script : List.of("latent", "quickstart", "common.sh")) {
            Path copy = folder.resolve(name).resolve("jobs").resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("jobs").resolve(script), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        file(name + "/target/spark-latent-1-job.jar", 2);
        Files.createDirectories(folder.resolve(name).resolve("conf"));
    }

    private JobScript copied(String script, Map<String, String> environment) {
        return JobScript.of(folder.resolve(script).toString(), folder, environment);
    }

    /** Creates an empty file of that age. */
    private Path file(String path, long seconds) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
    }

    private JobScript latent(Map<String, String> environment) {
        return JobScript.of("latent", folder, environment);
    }

    /** Writes a program under the folder and returns the parent of its bin folder. */
    private Path program(String path, String body) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.getParent().getParent();
    }
}
