package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtomicFilesTest {
    private static final int WRITERS = 8;

    @TempDir
    private Path folder;

    @Test
    void oneOfManyWritersCreatesAFile() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int file = 0; file < 20; file++) {
                Path target = folder.resolve("file-" + file);
                org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(target.toUri());
                AtomicFiles files = new AtomicFiles(new Configuration(), path);
                List<Callable<Boolean>> writers = IntStream.range(0, WRITERS)
                        .<Callable<Boolean>>mapToObj(writer -> () -> files.createIfAbsent(path, content(writer)))
                        .toList();
                List<Future<Boolean>> created = threads.invokeAll(writers);
                List<byte[]> winners = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    if (created.get(writer).get()) {
                        winners.add(content(writer));
                    }
                }
                assertThat(winners).containsExactly(Files.readAllBytes(target));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] content(int writer) {
        return ("w" + writer).getBytes(StandardCharsets.UTF_8);
    }

    /** A store that ignores the condition of a request. */
    public static final class Forgetful extends ObjectStore {
        @Override
        public URI getUri() {
            return URI.create("forgetful:///");
        }

        @Override
        boolean keeps() {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"file, true", "objects, true", "forgetful, false"})
    void aStoreIsAskedWhetherItKeepsAFile(String scheme, boolean keeps) throws IOException {
        Configuration hadoop = ObjectStore.configuration();
        hadoop.set("fs.forgetful.impl", Forgetful.class.getName());
        var probe = new org.apache.hadoop.fs.Path(scheme + "://" + folder.resolve("probe"));
        AtomicFiles files = new AtomicFiles(hadoop, probe);
        if (keeps) {
            files.requireExclusive(probe);
        } else {
            assertThatThrownBy(() -> files.requireExclusive(probe)).hasMessageContaining("replaces a file");
        }
        assertThat(folder.resolve("probe")).doesNotExist();
    }

    /** A reader finds one of the two contents at any time, and nothing else is left. */
    @Test
    void aFileIsReplacedWhole() throws Exception {
        Path target = folder.resolve("status.json");
        AtomicFiles files = new AtomicFiles(new Configuration(), new org.apache.hadoop.fs.Path(target.toUri()));
        byte[] shorter = "a".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        byte[] longer = "b".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(target.toUri());
        files.replace(path, shorter);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    files.replace(path, i % 2 == 0 ? longer : shorter);
                }
                return null;
            });
            do {
                assertThat(Files.readAllBytes(target)).isIn(shorter, longer);
            } while (!writing.isDone());
            writing.get();
        } finally {
            writer.shutdownNow();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
    }
}
