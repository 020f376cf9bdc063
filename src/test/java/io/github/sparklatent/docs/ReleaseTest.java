package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents agree with the POM about what is released. */
class ReleaseTest {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
    private static final Pattern JAR = Pattern.compile("spark-latent-(\\d[\\w.]*(?:-SNAPSHOT)?)-job\\.jar");
    private static final Pattern DOCUMENTED = Pattern.compile("<include>io/github/sparklatent/([\\w/]+)/\\*\\.java<");

    @Test
    void pagesNameTheJarOfThisVersion() throws IOException {
        Set<String> versions = Page.all().stream()
                .flatMap(page -> JAR.matcher(page.text()).results())
                .map(jar -> jar.group(1))
                .collect(Collectors.toSet());
        assertThat(versions).containsExactly(version());
    }

    @Test
    void theCitationHasThisVersion() throws IOException {
        assertThat(Files.readString(Path.of("CITATION.cff"))).contains("\nversion: " + version() + "\n");
    }

    @Test
    void theChangelogHasThisVersion() throws IOException {
        String version = version();
        assertThat(Files.readString(Path.of("CHANGELOG.md")))
                .contains("\n## [" + version.replace("-SNAPSHOT", "") + "]");
    }

    /** {@code ml.params} is generated and copied as a whole. */
    @Test
    void thePageOfTheApiHasTheDocumentedPackages() throws IOException {
        Set<String> documented = Stream.concat(
                        DOCUMENTED
                                .matcher(pom())
                                .results()
                                .map(include -> include.group(1).replace('/', '.')),
                        Stream.of("ml.params"))
                .collect(Collectors.toSet());
        List<String> cells = Page.of(Page.SITE.resolve("reference/api.md")).firstCells();
        assertThat(cells)
                .filteredOn(cell -> cell.matches("[a-z]+(\\.[a-z]+)*"))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    private static String version() throws IOException {
        return VERSION.matcher(pom())
                .results()
                .findFirst()
                .map(version -> version.group(1))
                .orElseThrow();
    }

    private static String pom() throws IOException {
        return Files.readString(Path.of("pom.xml"));
    }
}
