package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

    /** The list is that of the licence check, which Maven has made of the POM. */
    @Test
    void itsNoticeNamesEveryLibraryAndItsLicence() throws IOException {
        List<MatchResult> libraries = libraries();
        try (JarFile jar = open()) {
            List<String> notice = text(jar, "META-INF/NOTICE").lines().toList();
            assertThat(libraries)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(library -> assertThat(notice)
                            .as("lines of NOTICE with %s and %s", library.group(2), library.group(1))
                            .anyMatch(line -> line.matches(".*\\b\\Q" + library.group(2) + "\\E\\b.*")
                                    && line.endsWith(" " + library.group(1))));
            assertThat(libraries)
                    .filteredOn(library -> !library.group(1).equals("Apache-2.0"))
                    .isNotEmpty()
                    .allSatisfy(library -> assertThat(jar.getEntry("META-INF/licenses/LICENSE-" + library.group(3)))
                            .isNotNull());
        }
    }

    /** The Apache License asks for it, section 4(d). */
    @Test
    void itsNoticeHasTheCopyrightOfTheNoticesOfItsLibraries() throws IOException {
        List<String> copyrights = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            for (MatchResult library : libraries()) {
                if (path.endsWith("/" + library.group(3) + "-" + library.group(4) + ".jar")) {
                    try (JarFile jar = new JarFile(path)) {
                        jar.stream()
                                .map(JarEntry::getName)
                                .filter(name -> name.matches(".*\\bNOTICE(\\.\\w+)?"))
                                .flatMap(name -> text(jar, name).lines())
                                .filter(line -> line.startsWith("Copyright"))
                                .forEach(copyrights::add);
                    }
                }
            }
        }
        try (JarFile jar = open()) {
            String notice = text(jar, "META-INF/NOTICE");
            assertThat(copyrights)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(line -> assertThat(notice).contains(line));
        }
    }

    @Test
    void sparksClassPathLeavesTheJobJarsLibrariesOut() throws IOException {
        String[] path = Files.readString(Path.of("target/spark.classpath")).split(File.pathSeparator);
        assertThat(path)
                .isNotEmpty()
                .allSatisfy(library -> assertThat(Path.of(library)).isRegularFile())
                .anyMatch(library -> library.contains("spark-core_2.13"))
                .noneMatch(library -> library.matches(
                        ".*/(ejml|picocli|freemarker|junit|config|jackson-dataformat-cbor|record-builder-core)-.*"));
    }

    /** Licence, group and artefact, artefact, version of each library in the job jar. */
    private static List<MatchResult> libraries() throws IOException {
        String list = Files.readString(Path.of("target/generated-sources/license/THIRD-PARTY.txt"));
        return Pattern.compile("\\((\\S+)\\) .*\\(([\\w.]+:([\\w.-]+)):([^ :]+) - ")
                .matcher(list)
                .results()
                .toList();
    }

    private static String text(JarFile jar, String entry) {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
