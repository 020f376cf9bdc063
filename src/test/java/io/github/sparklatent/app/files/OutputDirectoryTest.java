package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    @TempDir Path folder;
    private final Configuration hadoop = new Configuration();

    private OutputDirectory output(boolean overwrite) {
        return new OutputDirectory(hadoop, folder.resolve("out").toString(), overwrite);
    }

    private static void write(OutputDirectory output, String content) {
        output.write(
                directory ->
                        output.text(new org.apache.hadoop.fs.Path(directory, "file"), content));
    }

    private String content() throws IOException {
        return Files.readString(folder.resolve("out/file"));
    }

    private List<String> names(Path directory) {
        return Arrays.stream(Objects.requireNonNull(directory.toFile().list())).sorted().toList();
    }

    @Test
    void aResultAppearsWhole() throws IOException {
        OutputDirectory output = output(false);
        output.requireUsable();
        assertThat(names(folder)).as("the check leaves nothing").isEmpty();
        output.write(
                directory -> {
                    output.text(new org.apache.hadoop.fs.Path(directory, "file"), "new");
                    assertThat(names(folder))
                            .singleElement()
                            .asString()
                            .startsWith(".out.staging-");
                });
        assertThat(names(folder)).containsExactly("out");
        assertThat(names(folder.resolve("out"))).containsExactly("_SUCCESS", "file");
        assertThat(content()).isEqualTo("new");
    }

    @Test
    void aResultIsReplacedWhenItIsWhole() throws IOException {
        write(output(false), "old");
        OutputDirectory output = output(true);
        output.requireUsable();
        output.write(
                directory -> {
                    output.text(new org.apache.hadoop.fs.Path(directory, "file"), "new");
                    assertThat(folder.resolve("out/file")).content().isEqualTo("old");
                });
        assertThat(content()).isEqualTo("new");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void aFailureLeavesTheOldResult() throws IOException {
        write(output(false), "old");
        OutputDirectory output = output(true);
        assertThatThrownBy(
                        () ->
                                output.write(
                                        directory -> {
                                            output.text(
                                                    new org.apache.hadoop.fs.Path(
                                                            directory, "file"),
                                                    "half");
                                            throw new IllegalStateException("no more");
                                        }))
                .hasMessage("no more");
        assertThat(content()).isEqualTo("old");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void aResultThatAppearedMeanwhileStays() throws IOException {
        OutputDirectory slow = output(false);
        slow.requireUsable();
        assertThatThrownBy(
                        () ->
                                slow.write(
                                        directory -> {
                                            write(output(false), "quick");
                                        }))
                .isInstanceOf(RuntimeException.class);
        assertThat(content()).isEqualTo("quick");
    }

    @Test
    void leftoversOfAKilledRunAreCleanedAfterADay() throws IOException {
        Files.createDirectories(folder.resolve(".out.staging-1/model"));
        Files.writeString(folder.resolve(".out.staging-1/model/part"), "half");
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(folder.resolve(".out.staging-1"), longAgo);
        Files.createDirectories(folder.resolve(".out.staging-2"));
        write(output(false), "new");
        assertThat(names(folder))
                .as("another run may be at work in the second")
                .containsExactly(".out.staging-2", "out");
        assertThat(names(folder.resolve("out"))).containsExactly("_SUCCESS", "file");
    }

    @Test
    void twoRunsAtOnceDoNotMixTheirFiles() throws IOException {
        write(output(false), "old");
        OutputDirectory slow = output(true);
        slow.write(
                directory -> {
                    slow.text(new org.apache.hadoop.fs.Path(directory, "file"), "slow");
                    write(output(true), "quick");
                    assertThat(folder.resolve("out/file")).content().isEqualTo("quick");
                });
        assertThat(content()).isEqualTo("slow");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void aResultSetAsideByAKilledRunIsPutBack() throws IOException {
        write(output(false), "old");
        Files.move(folder.resolve("out"), folder.resolve(".out.old"));
        assertThatThrownBy(output(false)::requireUsable)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("exists");
        assertThat(names(folder)).as("a check changes nothing").containsExactly(".out.old");
        output(false).recover();
        assertThat(content()).isEqualTo("old");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void whatAKilledRunHadReplacedIsRemoved() throws IOException {
        write(output(false), "older");
        Files.createDirectories(folder.resolve(".out.old"));
        Files.writeString(folder.resolve(".out.old/file"), "oldest");
        write(output(true), "new");
        assertThat(content()).isEqualTo("new");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void aTableOfSparkIsNotReplaced() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/_SUCCESS"), "");
        Files.writeString(folder.resolve("out/part-0"), "rows");
        assertThatThrownBy(output(true)::requireUsable)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("that spark-latent did not write");
        assertThatThrownBy(() -> write(output(true), "new")).isInstanceOf(UsageException.class);
        assertThat(names(folder.resolve("out"))).containsExactly("_SUCCESS", "part-0");
    }

    @Test
    void aSecondRenameThatFailsPutsTheOldResultBack() throws IOException {
        write(output(false), "old");
        hadoop.set("fs.stubborn.impl", Stubborn.class.getName());
        OutputDirectory output =
                new OutputDirectory(hadoop, "stubborn://" + folder.resolve("out"), true);
        output.requireUsable();
        assertThatThrownBy(() -> write(output, "new"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot rename");
        assertThat(content()).isEqualTo("old");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void parentsAreMade() throws IOException {
        OutputDirectory output =
                new OutputDirectory(hadoop, folder.resolve("a/b/out").toString(), false);
        output.requireUsable();
        assertThat(folder.resolve("a")).as("the check leaves nothing").doesNotExist();
        write(output, "new");
        assertThat(folder.resolve("a/b/out/file")).content().isEqualTo("new");
    }

    @Test
    void pathsThatCannotBe() {
        assertThatThrownBy(() -> new OutputDirectory(hadoop, "nosuch://host/out", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("output.path \"nosuch://host/out\" cannot be reached");
        assertThatThrownBy(() -> new OutputDirectory(hadoop, "/", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is the root of a file system");
    }

    /** Renames nothing that was staged. */
    public static final class Stubborn extends RawLocalFileSystem {
        @Override
        public java.net.URI getUri() {
            return java.net.URI.create("stubborn:///");
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
                throws IOException {
            return !from.getName().contains(".staging-") && super.rename(from, to);
        }
    }
}
