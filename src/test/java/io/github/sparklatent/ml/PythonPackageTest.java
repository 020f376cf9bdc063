package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Python classes are those that the Java classes describe. */
class PythonPackageTest {
    private static final Path FAMILIES = Path.of("src/main/python/spark_latent/families");

    @Test
    void familiesAreThoseOfJava() throws IOException {
        Map<String, String> files = PythonWrappers.files();
        if (System.getProperties().containsKey("python.write")) {
            try (Stream<Path> old = Files.list(FAMILIES)) {
                for (Path file : old.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(FAMILIES.resolve(file.getKey()), file.getValue());
            }
        }
        try (Stream<Path> found = Files.list(FAMILIES)) {
            assertThat(found.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("run ./mvnw test -Dtest=PythonPackageTest -Dpython.write")
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(Files.readString(FAMILIES.resolve(file.getKey())))
                    .as("%s; run ./mvnw test -Dtest=PythonPackageTest -Dpython.write", file.getKey())
                    .isEqualTo(file.getValue());
        }
        assertThat(files.keySet().stream().collect(Collectors.toSet())).contains("gaussian_mixture.py", "__init__.py");
    }
}
