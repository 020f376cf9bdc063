package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys that the documentation names are keys of the configuration. */
class KeysTest {
    /** A key, perhaps with a value. */
    private static final Pattern KEY = Pattern.compile(
            "((?:model|data|train|output|sample|score|evaluate|registry|gate)(?:\\.[A-Za-z0-9]+)+)" + "( = .*)?");

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
