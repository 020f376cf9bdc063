package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopStoreTest {
    @TempDir
    private java.nio.file.Path folder;

    private HadoopStore store(String scheme) throws IOException {
        Configuration hadoop = ObjectStore.configuration();
        hadoop.set(HadoopStore.TRUSTED, ObjectStore.SCHEME + "," + FaultyFiles.SCHEME);
        return new HadoopStore(hadoop, new Path(scheme + "://" + folder));
    }

    private Path file(String scheme, String name) {
        return new Path(scheme + "://" + folder + "/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "objects"})
    void aFileIsCreatedOnceAndWhole(String scheme) throws IOException {
        HadoopStore store = store(scheme);
        Path file = file(scheme, "log/1");
        assertThat(store.get(file)).isEmpty();
        assertThat(store.list(file.getParent())).isEmpty();
        assertThat(store.putIfAbsent(file, new byte[] {1, 2})).isTrue();
        assertThat(store.putIfAbsent(file, new byte[] {3})).isFalse();
        assertThat(store.putIfAbsent(file, new byte[] {1, 2}))
                .as("an answer was lost")
                .isTrue();
        assertThat(store.get(file)).hasValue(new byte[] {1, 2});
        store.put(file(scheme, "log/deep/2"), new byte[0]);
        assertThat(store.list(file.getParent())).containsExactlyInAnyOrder("1", "deep/");
        assertThat(store.files(new Path(scheme + "://" + folder))).containsExactly("log/1", "log/deep/2");
        store.delete(file.getParent());
        store.delete(file.getParent());
        assertThat(store.get(file)).isEmpty();
    }

    @Test
    void aFileThatCannotBeOpenedIsNotAbsent() throws IOException {
        Path file = file("file", "x".repeat(300));
        assertThatThrownBy(() -> store("file").get(file)).hasMessageContaining("File name too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "objects"})
    void ofWritersAtOnceOneCreatesTheFile(String scheme) throws Exception {
        int writers = 8;
        HadoopStore store = store(scheme);
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 20; round++) {
                Path file = file(scheme, "log/" + round);
                List<Callable<Boolean>> all = IntStream.range(0, writers)
                        .<Callable<Boolean>>mapToObj(i -> () -> store.putIfAbsent(file, new byte[] {(byte) i}))
                        .toList();
                int created = 0;
                for (Future<Boolean> writer : pool.invokeAll(all)) {
                    created += writer.get() ? 1 : 0;
                }
                assertThat(created).as("round %d", round).isOne();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.list(new Path(scheme + "://" + folder + "/log"))).hasSize(20);
    }

    @Test
    void anUnknownStoreIsRefusedByItsName() throws IOException {
        Path file = file(ObjectStore.SCHEME, "1");
        HadoopStore store = new HadoopStore(ObjectStore.configuration(), file);
        assertThatThrownBy(() -> store.requireSuitable(file))
                .isInstanceOf(UnsuitableStoreException.class)
                .hasMessageContaining("whether objects:// creates a file only if it is absent")
                .hasMessageContaining("spark.hadoop.spark-latent.trusted.stores = objects");
        assertThatThrownBy(() -> store.putIfAbsent(file, new byte[0])).isInstanceOf(UnsuitableStoreException.class);
        assertThat(store.get(file)).as("reading needs no promise").isEmpty();
    }

    /** A writer that fails leaves nothing. */
    @Test
    void aFaultLeavesNoPart() throws IOException {
        HadoopStore store = store(FaultyFiles.SCHEME);
        Path file = file(FaultyFiles.SCHEME, "1");
        for (int call = 1; call <= 2; call++) {
            FaultyFiles.failAt(call, false);
            try {
                assertThatThrownBy(() -> store.putIfAbsent(file, new byte[] {1, 2, 3}))
                        .isInstanceOf(IOException.class);
            } finally {
                FaultyFiles.failNever();
            }
            assertThat(folder.resolve("1")).as("call %d", call).doesNotExist();
        }
        assertThat(store.putIfAbsent(file, new byte[] {1, 2, 3})).isTrue();
        assertThat(Files.readAllBytes(folder.resolve("1"))).containsExactly(1, 2, 3);
    }
}
