package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys that the documentation names are keys of the configuration. */
class KeysTest {
    /** A key, perhaps with a value. */
    private static final Pattern KEY = Pattern.compile(
            "((?:model|data|train|output|sample|score|evaluate|registry|gate)(?:\\.[A-Za-z0-9]+)+)" + "( = .*)?");

    /** The number of a row, and its last cell. */
    private static final Pattern ITEM = Pattern.compile("(?m)^\\| (\\d+) \\| .* \\| (\\S.*) \\|$");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Keys KEYS = Keys.ofReference();

    @Test
    void keysInCodeFontExist() {
        List<String> named = Page.all().stream()
                .flatMap(page -> page.code().stream())
                .map(KEY::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(KEYS.contains(key)).as(key).isTrue());
    }

    @Test
    void keysOfExamplesExist() {
        List<Config> examples = Page.all().stream()
                .flatMap(page -> page.blocks("hocon").stream())
                .map(ConfigFactory::parseString)
                .toList();
        assertThat(examples)
                .hasSizeGreaterThan(4)
                .allSatisfy(example -> assertThat(paths("", example.root()))
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(KEYS.names()).contains(key)));
    }

    @Test
    void thePageOfSourcesHasEachItemAndNamesWhatExists() throws IOException {
        Page page = Page.of(Page.SITE.resolve("internals/sources.md"));
        List<MatchResult> rows = ITEM.matcher(page.text()).results().toList();
        assertThat(rows)
                .extracting(row -> Integer.valueOf(row.group(1)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 80).boxed().toList());
        assertThat(rows)
                .extracting(row -> row.group(2))
                .noneMatch(where -> where.matches("(?i).*\\b(partly|open)\\b.*"));
        assertThat(page.text().substring(page.text().indexOf("## Misprints")).lines())
                .filteredOn(line -> line.startsWith("- "))
                .hasSize(10);

        Set<String> classes = new HashSet<>();
        for (String folder : List.of("src/main", "src/test", "target/generated-sources")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> classes.add(name.replace(".java", "")));
            }
        }
        Page reference = Page.of(Page.SITE.resolve("reference/configuration.md"));
        Set<String> words = new HashSet<>(List.of(reference.text().split("[^\\w.-]+")));
        for (String other : List.of("networks", "results", "commands")) {
            words.addAll(
                    Page.of(Page.SITE.resolve("reference/" + other + ".md")).code());
        }
        List<String> named = rows.stream()
                .flatMap(row -> CODE.matcher(row.group(2)).results())
                .map(code -> code.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(150).allSatisfy(name -> {
            if (name.contains("/")) {
                assertThat(Path.of(name)).exists();
            } else if (name.matches("[A-Z]\\w+")) {
                assertThat(classes).contains(name);
            } else if (name.matches("(\\w+\\.)+\\w+( = .*)?")) {
                assertThat(KEYS.names()).contains(name.replaceFirst(" = .*", ""));
                assertThat(words)
                        .containsAll(
                                List.of(name.replaceFirst(".* = (\\[])?", "").split("\\s+")));
            } else {
                assertThat(words).containsAll(List.of(name.split("[{}=, ]+")));
            }
        });
    }

    /** Paths of values; a key whose value is a section of its own counts as one. */
    private static List<String> paths(String section, ConfigObject object) {
        return object.entrySet().stream()
                .flatMap(entry -> paths(section, entry))
                .toList();
    }

    private static Stream<String> paths(String section, Map.Entry<String, ConfigValue> entry) {
        String path = section.isEmpty() ? entry.getKey() : section + "." + entry.getKey();
        return entry.getValue() instanceof ConfigObject inner && !KEYS.names().contains(path)
                ? paths(path, inner).stream()
                : Stream.of(path);
    }
}
