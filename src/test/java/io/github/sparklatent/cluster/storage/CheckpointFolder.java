package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint in a folder of its own, and what is written beside it. */
abstract class CheckpointFolder {
    static final byte[] CONTENT = "where a training stands".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    Path path() {
        return folder.resolve("run").resolve("checkpoint.bin");
    }

    String name() {
        return "file:" + path();
    }

    /** Length of a piece; the content is longer. */
    static final int PIECE = 8;

    CheckpointFile file() {
        return new CheckpointFile(new Configuration(), name(), PIECE);
    }

    static void write(CheckpointFile file, byte[] content) {
        file.write(out -> out.write(content));
    }

    /** Reads a content, and checks that its length was known. */
    static byte[] read(CheckpointFile file) {
        return file.read((in, length) -> {
            byte[] content = in.readAllBytes();
            assertThat(content).hasSize(Math.toIntExact(length));
            return content;
        });
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path().getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    Path beside() {
        return path().resolveSibling("checkpoint.bin.writing");
    }

    /** What a writer leaves that dies early. */
    void leaveHalf() throws IOException {
        Files.write(beside(), Arrays.copyOf(Files.readAllBytes(path()), 10));
    }

    /** A configuration by which local files are of a class. */
    static Configuration local(Class<? extends RawLocalFileSystem> files) {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", files.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        return hadoop;
    }
}
