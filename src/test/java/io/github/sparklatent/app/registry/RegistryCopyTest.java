package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of a registry, also while others write to it. */
class RegistryCopyTest {
    @TempDir
    Path folder;

    private final Configuration hadoop = new Configuration();
    private Registry registry;

    @BeforeEach
    void train() {
        registry = new Registry(hadoop, folder.resolve("registry").toString());
        for (String run : List.of("a", "b")) {
            version(run);
            registry.compared(run, registry.history().champion(), true, List.of(), Map.of());
            registry.publish(run, false, Optional.empty());
        }
    }

    @AfterEach
    void forget() {
        ObservedFiles.OPENED.clear();
    }

    private void version(String run) {
        try {
            Path model = folder.resolve("registry/versions").resolve(run).resolve("model");
            Files.createDirectories(model.resolve("content"));
            Files.writeString(model.resolve("content/part-0"), "parameters of " + run);
            Files.writeString(model.resolveSibling("metrics.json"), "{\"run\": \"" + run + "\"}");
            Files.writeString(model.resolveSibling("_SUCCESS"), "spark-latent");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        registry.trained(run, true, List.of(), Map.of());
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Map<String, Object> backup(String to) {
        return RegistryCopy.backup(hadoop, registry.path(), path(to));
    }

    private Map<String, Object> restore(String from, String to) {
        return RegistryCopy.restore(hadoop, path(from), path(to));
    }

    private static Map<String, String> content(Path versions) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(versions)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                content.put(versions.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    @Test
    void aRestoredRegistryIsTheOneThatWasBackedUp() throws IOException {
        assertThat(backup("backup")).isEqualTo(Map.of("entries", 6, "versions", List.of("a", "b")));
        registry.rollback(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(restore("backup", "restored")).isEqualTo(Map.of("entries", 6, "versions", List.of("a", "b")));
        assertThat(content(folder.resolve("restored/versions")))
                .isEqualTo(content(folder.resolve("registry/versions")))
                .hasSize(6);
        Registry restored = new Registry(hadoop, path("restored"));
        assertThat(restored.history().champion()).contains("b");
        assertThat(restored.history().entries())
                .isEqualTo(registry.history().entries().subList(0, 6));
        assertThat(restored.rollback(Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo("a");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Map<String, String> before = content(folder.resolve("registry"));
        backup("backup");
        assertThatThrownBy(() -> backup("backup"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> restore("backup", "registry"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not empty");
        assertThat(content(folder.resolve("registry"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BACKUP.json", "versions/a/model/content/part-0", "versions/b/_SUCCESS", "log/00000006.json"})
    void aBackupWithoutOneOfItsFilesIsNotRestored(String file) throws IOException {
        backup("backup");
        Files.delete(folder.resolve("backup").resolve(file));
        assertThatThrownBy(() -> restore("backup", "restored")).isInstanceOf(DataException.class);
        assertThat(folder.resolve("restored/log")).doesNotExist();
    }

    @Test
    void aChangedBackupIsNotRestored() throws IOException {
        backup("backup");
        Files.writeString(folder.resolve("backup/versions/a/report.html"), "added");
        assertThatThrownBy(() -> restore("backup", "restored"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the versions of backup")
                .hasMessageContaining("have changed (a)");
        assertThat(content(folder.resolve("restored"))).isEmpty();
        Files.delete(folder.resolve("backup/versions/a/report.html"));
        restore("backup", "restored");
    }

    @Test
    void aDamagedVersionIsNotBackedUp() throws IOException {
        Files.writeString(folder.resolve("registry/versions/a/metrics.json"), "{}");
        assertThatThrownBy(() -> backup("backup"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("version \"a\"")
                .hasMessageContaining("its metrics does not have the digest that the log has recorded");
        assertThat(folder.resolve("backup/BACKUP.json")).doesNotExist();
    }

    @Test
    void aVersionThatCannotBeReadIsNotBackedUp() throws IOException {
        Path file = folder.resolve("registry/versions/c/model/stages/0_gmm/content.cbor");
        Files.createDirectories(file.getParent());
        byte[] content = {(byte) 0x82, 1, (byte) 0xa1, 0x61, 'w', 0x44, 1, 2, 3, 4}; // [1, {"w": four bytes}]
        Files.write(file, content);
        version("c");
        backup("backup");
        Files.write(file, Arrays.copyOf(content, 8));
        assertThatThrownBy(() -> backup("second"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "version \"c\" of \"" + registry.path() + "\" is damaged: the content of the model");
        assertThat(content(folder.resolve("second"))).isEmpty();
        Files.write(file, content);
        backup("second");
    }

    @Test
    void aRefusedCopyKeepsTheVersionsOfOthers() throws IOException {
        Files.writeString(folder.resolve("registry/versions/a/metrics.json"), "{}");
        Path other = folder.resolve("backup/versions/other/metrics.json");
        ObservedFiles.OPENED.add(() -> {
            try {
                Files.createDirectories(other.getParent());
                Files.writeString(other, "{}");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Configuration observed = new Configuration();
        observed.set("fs.file.impl", ObservedFiles.class.getName());
        observed.setBoolean("fs.file.impl.disable.cache", true);
        assertThatThrownBy(() -> RegistryCopy.backup(observed, registry.path(), path("backup")))
                .isInstanceOf(DataException.class);
        assertThat(content(folder.resolve("backup")).keySet()).containsExactly("versions/other/metrics.json");
    }

    /** While the first version is copied, a run is trained and published, and the first version is pruned. */
    @Test
    void runsGoOnWhileARegistryIsCopied() throws IOException {
        ObservedFiles.OPENED.add(() -> {
            version("c");
            registry.compared("c", Optional.of("b"), true, List.of(), Map.of());
            registry.publish("c", false, Optional.empty());
            registry.prune(1, 0);
        });
        Configuration observed = new Configuration();
        observed.set("fs.file.impl", ObservedFiles.class.getName());
        observed.setBoolean("fs.file.impl.disable.cache", true);
        assertThat(RegistryCopy.backup(observed, registry.path(), path("backup")))
                .isEqualTo(Map.of("entries", 10, "versions", List.of("b", "c")));
        assertThat(ObservedFiles.OPENED).isEmpty();
        restore("backup", "restored");
        assertThat(new Registry(hadoop, path("restored")).history().champion()).contains("c");
        assertThat(content(folder.resolve("restored/versions")))
                .isEqualTo(content(folder.resolve("registry/versions")));
    }

    /** A file system where something happens when a file of a version is opened. */
    public static final class ObservedFiles extends RawLocalFileSystem {
        static final Deque<Runnable> OPENED = new ArrayDeque<>();

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int size) throws IOException {
            if (file.toString().contains("/versions/") && !OPENED.isEmpty()) {
                OPENED.remove().run();
            }
            return super.open(file, size);
        }
    }
}
