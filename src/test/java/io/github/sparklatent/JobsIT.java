package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.JobScript.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launch scripts: what they find, what they hand on, what they say when something lacks. */
class JobsIT {
    @TempDir Path folder;

    @Test
    void sparkSubmitGetsItsOptionsAndTheApplicationItsArguments() throws Exception {
        Path home = program("spark/bin/spark-submit", "printf '<%s>' \"$@\"; exit 5");
        Outcome outcome =
                latent(Map.of("SPARK_HOME", home.toString()))
                        .run(
                                "train",
                                "--config",
                                "a b.conf",
                                "--set",
                                "x=$HOME *",
                                "--",
                                "--master",
                                "yarn");
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

    @Test
    void aFolderWithoutJavaIsNamed() throws Exception {
        Outcome outcome = latent(Map.of("JAVA_HOME", folder.toString())).run("train");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).contains("JAVA_HOME is " + folder).hasLineCount(1);
    }

    @Test
    void aFolderWithoutSparkIsNamed() throws Exception {
        Outcome outcome = latent(Map.of("SPARK_HOME", folder.toString())).run("train");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).contains("SPARK_HOME is " + folder).hasLineCount(1);
    }

    @Test
    void aJarOlderThanItsSourcesIsToldOf() throws Exception {
        checkout("checkout");
        file("checkout/pom.xml", 1);
        Path source = file("checkout/src/main/java/Model.java", 1);
        Path home = program("spark/bin/spark-submit", "");
        JobScript copied = copied("checkout/jobs/latent", Map.of("SPARK_HOME", home.toString()));
        assertThat(copied.run("train").errors()).isEmpty();

        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(3)));
        assertThat(copied.run("train").errors())
                .startsWith("The job jar is older than src/main/java/Model.java: ./mvnw ")
                .hasLineCount(1);
    }

    /** As Java does not beside a folder on its class path. */
    @Test
    void classesAreArchived() throws Exception {
        Path archive = folder.resolve("classes.jsa");
        Outcome outcome =
                latent(Map.of("ARCHIVE_AT_EXIT", archive.toString()))
                        .run(
                                "train",
                                "--config",
                                Path.of("conf/digits.conf").toAbsolutePath().toString(),
                                "--set",
                                "data.path=" + Path.of("conf/data/digits.csv.gz").toAbsolutePath(),
                                "--dry-run");
        assertThat(outcome.code()).as(outcome.errors()).isZero();
        assertThat(archive).isNotEmptyFile();
    }

    @Test
    void anArchiveOfTheJarsClassesIsUsed() throws Exception {
        checkout("checkout");
        assertThat(launch(":").output()).as("there is none").doesNotContain("SharedArchiveFile");

        file("checkout/target/classes.jsa", 3, "archive");
        file("checkout/target/classes.jsa.length", 3, "7\n");
        Outcome outcome = launch(":");
        assertThat(outcome.output())
                .contains("<-XX:SharedArchiveFile=" + folder + "/checkout/target/classes.jsa>")
                .contains("<-XX:+VerifySharedSpaces>")
                .doesNotContain("checkout/conf/:");
        assertThat(outcome.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, archive", "3, arch"})
    void anArchiveThatIsOldOrCutIsMadeAnew(long seconds, String archive) throws Exception {
        checkout("checkout");
        file("checkout/target/classes.jsa", seconds, archive);
        file("checkout/target/classes.jsa.length", seconds, "7\n");
        Outcome outcome = launch("printf 'another one' >", "inspect");
        assertThat(outcome.output()).contains("<inspect>").doesNotContain("SharedArchiveFile");
        assertThat(outcome.errors()).as("only a training takes the time").isEmpty();

        outcome = launch("printf 'another one' >");
        assertThat(outcome.output()).contains("<-XX:SharedArchiveFile=");
        assertThat(outcome.errors()).startsWith("Archiving ").hasLineCount(1);
        assertThat(folder.resolve("checkout/target/classes.jsa")).hasContent("another one");
        assertThat(launch(":").errors()).as("made once").isEmpty();
    }

    @Test
    void withoutANewArchiveJavaReadsTheJar() throws Exception {
        checkout("checkout");
        file("checkout/target/classes.jsa", 1, "archive");
        file("checkout/target/classes.jsa.length", 1, "7\n");
        Outcome outcome = launch("echo full; false ");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.output()).contains("<train>").doesNotContain("SharedArchiveFile");
        assertThat(outcome.errors()).endsWith("before the next build: full\n").hasLineCount(2);

        outcome = launch(":");
        assertThat(outcome.output()).contains("<train>").doesNotContain("SharedArchiveFile");
        assertThat(outcome.errors()).as("tried once").isEmpty();
    }

    /**
     * By a signal to it alone, as a container's or a scheduler's. Each side waits at a pipe until
     * the other one is there, and what is started ends only when it is let.
     */
    @Test
    void aScriptThatIsEndedEndsWhatItHasStarted() throws Exception {
        checkout("checkout");
        Path ended = folder.resolve("ended");
        try (Pipes pipes = new Pipes(folder)) {
            String ending =
                    "trap '' TERM; echo > %s; read line < %s; kill -0 $PPID && touch %s; exit 143"
                            .formatted(pipes.path("ending"), pipes.path("let"), ended);
            Path home =
                    program(
                            "spark/bin/spark-submit",
                            "trap '%s' TERM\necho > %s\nread line < %s"
                                    .formatted(
                                            ending.replace("'", "'\\''"),
                                            pipes.path("started"),
                                            pipes.path("never")));
            Process process =
                    pipes.start(
                            folder.resolve("checkout/jobs/quickstart"),
                            Map.of("SPARK_HOME", home.toString()));
            pipes.await("started");
            process.destroy();
            pipes.await("ending");
            assertThat(process.isAlive()).as("waits for what it has started").isTrue();
            pipes.open("let");
            assertThat(pipes.code(process)).isEqualTo(143);
        }
        assertThat(ended).as("written while the script was there").exists();
    }

    /** Java would go on at a signal and write its classes first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereItArchivesClassesJavaIsNotWaitedFor(boolean first) throws Exception {
        checkout("checkout");
        Path target = folder.resolve("checkout/target");
        if (first) {
            Files.move(target.resolve("spark.classpath"), folder.resolve("spark.classpath"));
            program("jdk/bin/javac", "");
            program("checkout/mvnw", "cp ../spark.classpath target/");
        } else {
            file("checkout/target/classes.jsa", 1);
        }
        try (Pipes pipes = new Pipes(folder)) {
            String wait = "read line < " + pipes.path("never");
            String archiving =
                    "trap '%s' TERM; echo > %s; %s; : "
                            .formatted(wait, pipes.path("started"), wait);
            Process process =
                    pipes.start(
                            folder.resolve("checkout/jobs/latent"),
                            Map.of("JAVA_HOME", java().toString(), "ARCHIVING", archiving),
                            "train");
            pipes.await("started");
            process.destroy();
            assertThat(pipes.code(process)).isEqualTo(143);
        }
        assertThat(target).isDirectoryNotContaining("glob:**/classes.jsa.?*");
        assertThat(launch("printf 'another one' >").errors()).contains("Archiving ");
        assertThat(target.resolve("classes.jsa")).hasContent("another one");
    }

    @Test
    void aCheckoutMayStandInBrackets() throws Exception {
        checkout("[x] {y}*");
        Path digits = file("[x] {y}*/conf/data/digits.csv.gz", 1);
        file("x y/conf/data/digits.csv.gz", 1);
        Path home = program("spark/bin/spark-submit", "printf '<%s>' \"$@\"");
        Outcome outcome =
                copied("[x] {y}*/jobs/quickstart", Map.of("SPARK_HOME", home.toString())).run();
        assertThat(outcome.code()).as(outcome.errors()).isZero();
        String path = outcome.output().replaceAll("(?s).*<data.path=(.*?)>.*", "$1");
        assertThat(
                        FileSystem.getLocal(new Configuration())
                                .globStatus(new org.apache.hadoop.fs.Path(path)))
                .extracting(found -> found.getPath().toUri().getPath())
                .containsExactly(digits.toString());
    }

    /** The scripts, a job jar of second 2 and Spark's class path. */
    private void checkout(String name) throws Exception {
        for (String script : List.of("latent", "quickstart", "common.sh")) {
            Path copy = folder.resolve(name).resolve("jobs").resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("jobs").resolve(script), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        file(name + "/target/spark-latent-1-job.jar", 2);
        file(
                name + "/target/spark.classpath",
                1,
                Files.readString(Path.of("target/spark.classpath")));
        Files.createDirectories(folder.resolve(name).resolve("conf"));
    }

    /** Runs the checkout's latent with a Java that prints the command instead of training. */
    private Outcome launch(String archiving) throws Exception {
        return launch(archiving, "train");
    }

    private Outcome launch(String archiving, String command) throws Exception {
        return copied(
                        "checkout/jobs/latent",
                        Map.of("JAVA_HOME", java().toString(), "ARCHIVING", archiving))
                .run(command);
    }

    /**
     * A Java that prints its arguments, but that Spark's launcher runs; where it is to archive
     * classes, it does what ARCHIVING says before the archive's path.
     */
    private Path java() throws Exception {
        return program(
                "jdk/bin/java",
                """
                case "$*" in *-version | *launcher.Main*) exec '%s/bin/java' "$@" ;; esac
                for word; do
                  case $word in
                    -XX:ArchiveClassesAtExit=*) eval "$ARCHIVING '${word#*=}'"; exit ;;
                  esac
                done
                printf '<%%s>' "$@"
                """
                        .formatted(System.getProperty("java.home")));
    }

    private JobScript copied(String script, Map<String, String> environment) {
        return JobScript.of(folder.resolve(script).toString(), folder, environment);
    }

    private Path file(String path, long seconds) throws Exception {
        return file(path, seconds, "");
    }

    private Path file(String path, long seconds, String content) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
    }

    private JobScript latent(Map<String, String> environment) {
        return JobScript.of("latent", folder, environment);
    }

    /** Writes a program under the folder and returns the home that it stands in. */
    private Path program(String path, String body) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.getParent().getParent();
    }
}
