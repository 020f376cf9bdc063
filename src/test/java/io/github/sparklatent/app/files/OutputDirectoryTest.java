package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    @TempDir
    Path folder;

    private final Configuration hadoop = new Configuration();

    private OutputDirectory output(boolean overwrite) {
        return output(folder.resolve("out").toString(), overwrite);
    }

    private OutputDirectory output(String path, boolean overwrite) {
        return new OutputDirectory(hadoop, path, overwrite ? OutputMode.OVERWRITE : OutputMode.ERROR, false);
    }

    private static void write(OutputDirectory output, String content) {
        output.write(directory -> output.text(new org.apache.hadoop.fs.Path(directory, "file"), content));
    }

    private String content() throws IOException {
        return Files.readString(folder.resolve("out/file"));
    }

    private List<String> names(Path directory) {
        return Arrays.stream(Objects.requireNonNull(directory.toFile().list()))
                .sorted()
                .toList();
    }

    @Test
    void aResultAppearsWhole() throws IOException {
        OutputDirectory output = output(false);
        output.requireUsable();
        assertThat(names(folder)).as("the check leaves nothing").isEmpty();
        output.write(directory -> {
            output.text(new org.apache.hadoop.fs.Path(directory, "file"), "new");
            assertThat(names(folder)).hasSize(2).contains(".out.lock");
            assertThat(names(folder).get(1)).startsWith(".out.staging-");
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
        output.write(directory -> {
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
        assertThatThrownBy(() -> output.write(directory -> {
                    output.text(new org.apache.hadoop.fs.Path(directory, "file"), "half");
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
        assertThatThrownBy(() -> slow.write(directory -> {
                    Path quick = folder.resolve("out/file");
                    writeString(quick, "quick");
                }))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("that spark-latent did not write");
        assertThat(content()).isEqualTo("quick");
        assertThat(names(folder)).containsExactly("out");
    }

    private static void writeString(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theNextSuccessRemovesWhatKilledRunsLeft() throws IOException {
        writeString(folder.resolve(".out.staging-1/model/part"), "half");
        Files.createDirectories(folder.resolve(".out.staging-2"));
        Files.createDirectories(folder.resolve(".output.staging-3"));
        write(output(false), "new");
        assertThat(names(folder)).as("the third is of another output").containsExactly(".output.staging-3", "out");
        assertThat(names(folder.resolve("out"))).containsExactly("_SUCCESS", "file");
    }

    @Test
    void ofTwoRunsTheSecondIsRefused() throws IOException {
        write(output(false), "old");
        OutputDirectory slow = output(true);
        slow.write(directory -> {
            slow.text(new org.apache.hadoop.fs.Path(directory, "file"), "slow");
            assertThatThrownBy(() -> write(output(true), "quick"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("/out\" is in use: process ");
            assertThat(folder.resolve("out/file")).content().isEqualTo("old");
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
        OutputDirectory locked = output(false);
        locked.lock("app");
        assertThat(content()).isEqualTo("old");
        locked.close();
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
    void aSecondRenameThatFailsPutsTheOldResultBack() throws IOException {
        write(output(false), "old");
        hadoop.set("fs.stubborn.impl", Stubborn.class.getName());
        OutputDirectory output = output("stubborn://" + folder.resolve("out"), true);
        output.requireUsable();
        assertThatThrownBy(() -> write(output, "new"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot rename");
        assertThat(content()).isEqualTo("old");
        assertThat(names(folder)).containsExactly("out");
    }

    @Test
    void parentsAreMade() throws IOException {
        OutputDirectory output = output(folder.resolve("a/b/out").toString(), false);
        output.requireUsable();
        assertThat(folder.resolve("a")).as("the check leaves nothing").doesNotExist();
        write(output, "new");
        assertThat(folder.resolve("a/b/out/file")).content().isEqualTo("new");
    }

    /** Renames nothing that was staged. */
    public static final class Stubborn extends RawLocalFileSystem {
        @Override
        public java.net.URI getUri() {
            return java.net.URI.create("stubborn:///");
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            return !from.getName().contains(".staging-") && super.rename(from, to);
        }
    }
}
