package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final int WRITERS = 8;

    @TempDir
    private Path folder;

    /** The way without hard links, which the folders of tests have. */
    @Test
    void oneOfManyWritersCreatesAFileByARename() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int file = 0; file < 20; file++) {
                Path target = folder.resolve("file-" + file);
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    Path own = Files.writeString(folder.resolve("own-" + writer), "w" + writer);
                    writers.add(() -> moved(own, target));
                }
                List<Future<Boolean>> moved = threads.invokeAll(writers);
                List<String> winners = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    if (moved.get(writer).get()) {
                        winners.add("w" + writer);
                    }
                }
                assertThat(winners).containsExactly(Files.readString(target));
            }
        } finally {
            threads.shutdownNow();
        }
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

    private static boolean moved(Path own, Path target) throws IOException {
        try {
            AtomicFiles.moveIfAbsent(own, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
