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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        for (String name : List.of("latent", "common.sh")) {
            Path copy = folder.resolve("checkout/jobs").resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("jobs").resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        file("checkout/target/spark-latent-1-job.jar", 2);
        file("checkout/pom.xml", 1);
        Path source = file("checkout/src/main/java/Model.java", 1);
        Path submit = folder.resolve("spark/bin/spark-submit");
        Files.createDirectories(submit.getParent());
        Files.writeString(submit, "#!/bin/sh\n");
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
        JobScript copied =
                JobScript.of(
                        folder.resolve("checkout/jobs/latent").toString(),
                        folder,
                        Map.of("SPARK_HOME", folder.resolve("spark").toString()));
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

    private Path file(String path, long seconds) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
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
