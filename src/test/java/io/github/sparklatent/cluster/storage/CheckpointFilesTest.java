package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
    @TempDir
    private java.nio.file.Path folder;

    private CheckpointFiles files(String run) throws IOException {
        Path directory = new Path(folder.toUri());
        return new CheckpointFiles(new HadoopStore(new Configuration(), directory), directory, run);
    }

    private Optional<String> newest() throws IOException {
        return files("reader.0.1").newest((round, in, length) -> {
            byte[] content = in.readNBytes((int) length);
            assertThat(content).hasSize((int) length);
            return round + " " + new String(content);
        });
    }

    private void write(String run, long round, String content) throws IOException {
        files(run).write(round, out -> out.write(content.getBytes()));
    }

    @Test
    void theNewestOfAnyRunIsRead() throws IOException {
        assertThat(newest()).isEmpty();
        write("a.0.1", 5, "of a");
        write("b.0.2", 10, "of b");
        write("a.0.1", 7, "of a, later");
        assertThat(newest()).contains("10 of b");
        files("b.0.2").delete();
        assertThat(newest()).contains("7 of a, later");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("00000005.a.0.1", "00000007.a.0.1");
    }

    @Test
    void aRunKeepsItsTwoNewest() throws IOException {
        for (int round = 1; round <= 4; round++) {
            write("a.0.1", round, "x");
            write("b.0.2", round, "");
        }
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("00000003.a.0.1", "00000004.a.0.1", "00000003.b.0.2", "00000004.b.0.2");
    }

    /** The one before it is used. */
    @Test
    void aFileThatIsNotWholeIsNotUsed() throws IOException {
        write("a.0.1", 1, "whole");
        write("b.0.2", 2, "the content that is damaged");
        java.nio.file.Path file = folder.resolve("00000002.b.0.2");
        byte[] whole = Files.readAllBytes(file);
        Mutations mutations = new Mutations();
        for (int i = 0; i < Mutations.count(); i++) {
            Files.write(file, mutations.of(whole));
            assertThat(newest()).as("mutation %d", i).contains("1 whole");
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(newest()).as("%d bytes", length).contains("1 whole");
        }
        Files.write(file, whole);
        assertThat(newest()).contains("2 the content that is damaged");
    }
}
