package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The job jar carries what Spark does not, under names that no other library has, and nothing else. */
class JobJarIT {
    private static final String OURS = "io/github/sparklatent/";

    @Test
    void everyClassIsOursOrEjml() throws IOException {
        try (JarFile jar = open()) {
            List<String> strangers = jar.stream()
                    .map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", ""))
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.startsWith(OURS))
                    .filter(name -> !name.startsWith("org/ejml/"))
                    .filter(name -> !name.startsWith("pabeles/concurrency/"))
                    .toList();
            assertThat(strangers).isEmpty();
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .anyMatch(name -> name.startsWith(OURS + "shaded/picocli/"))
                    .anyMatch(name -> name.startsWith(OURS + "shaded/com/typesafe/config/"))
                    .anyMatch(name -> name.startsWith("org/ejml/"));
        }
    }

    @Test
    void theTemplateEngineIsWhole() throws Exception {
        try (JarFile jar = open();
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {Path.of(jar.getName()).toUri().toURL()}, null)) {
            // Its stand-in for old Javas throws when it is initialised.
            String name = "io.github.sparklatent.shaded.freemarker.core._Java16Impl";
            assertThat(Class.forName(name, true, loader)).isNotNull();
        }
    }

    @Test
    void itSaysWhatItIs() throws IOException {
        try (JarFile jar = open()) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.github.sparklatent.app.Latent");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
        }
    }

    @Test
    void sparksClassPathLeavesTheJobJarsLibrariesOut() throws IOException {
        String[] path = Files.readString(Path.of("target/spark.classpath")).split(File.pathSeparator);
        assertThat(path)
                .isNotEmpty()
                .allSatisfy(library -> assertThat(Path.of(library)).isRegularFile())
                .anyMatch(library -> library.contains("spark-core_2.13"))
                .noneMatch(
                        library -> library.matches(
                                ".*/(ejml|picocli|xchart|freemarker|junit|config|jackson-dataformat-cbor|record-builder-core)-.*"));
    }

    private static JarFile open() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path jar = files.filter(file -> file.toString().endsWith("-job.jar"))
                    .findFirst()
                    .orElseThrow();
            return new JarFile(jar.toFile());
        }
    }
}
