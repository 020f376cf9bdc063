package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final int WRITERS = 8;

    @TempDir private Path folder;

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

    private static boolean moved(Path own, Path target) throws IOException {
        try {
            AtomicFiles.moveIfAbsent(own, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
