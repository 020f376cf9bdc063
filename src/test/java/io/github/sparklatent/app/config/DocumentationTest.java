package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Key.Level;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.SettingsReader;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code conf/reference.conf} and the reference page are made from the keys. After a change of the keys, this writes
 * both:
 *
 * <pre>./mvnw test -Dtest=DocumentationTest -Dconfiguration.write</pre>
 */
class DocumentationTest {
    private static final Path REFERENCE = Path.of("conf/reference.conf");
    private static final Path PAGE = Path.of("src/site/markdown/reference/configuration.md");

    static List<ModelType> types() {
        return Families.types().all();
    }

    @Test
    void theReferenceIsMadeFromTheKeys() throws IOException {
        matches(REFERENCE, Reference.reference(MixtureModelType.GMM));
    }

    @Test
    void theTableOfThePageIsMadeFromTheKeys() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(Reference.BEGIN).containsOnlyOnce(Reference.END);

        matches(PAGE, Reference.withTable(page));
    }

    @ParameterizedTest
    @MethodSource("types")
    void theReferenceIsAConfigurationOfDefaults(ModelType type) {
        List<Problem> problems = new ArrayList<>();
        String text = Reference.reference(type);
        Settings written = SettingsReader.read(
                ConfigFactory.parseString(text).root(), "reference.conf", Families.types(), problems);
        assertThat(problems).isEmpty();
        Map<String, Object> defaults = new Settings(Families.types().schema(type), "none", Map.of(), Set.of()).asMap();
        assertThat(section(written.asMap(), "model")).containsEntry("type", type.toString());
        section(defaults, "model").put("type", type.toString());
        assertThat(written.asMap()).isEqualTo(defaults);
    }

    @SuppressWarnings("unchecked") // sections are maps
    private static Map<String, Object> section(Map<String, Object> settings, String name) {
        return (Map<String, Object>) settings.get(name);
    }

    @Test
    void everyKeyStandsInTheReferenceWithOneLineOfMeaning() {
        String text = Reference.reference(MixtureModelType.GMM);
        Set<Key<?>> keys = types().stream()
                .flatMap(type -> Families.types().schema(type).keys().stream())
                .collect(Collectors.toSet());
        assertThat(keys).hasSizeGreaterThan(30).allSatisfy(key -> {
            assertThat(text).contains(" " + key.name() + " =");
            assertThat(key.meaning()).isNotBlank().doesNotContain("\n").hasSizeLessThan(110);
        });
    }

    /** A renamed key would silently be advanced. */
    @ParameterizedTest
    @CsvSource({"BASIC, 26", "EXPERT, 35"})
    void eachRankedPathIsAKey(Level level, int count) {
        assertThat(types().stream().flatMap(type -> Families.types().schema(type).keys().stream()))
                .filteredOn(key -> key.level() == level)
                .extracting(Key::path)
                .satisfies(paths -> assertThat(Set.copyOf(paths)).hasSize(count));
    }

    private static void matches(Path file, String text) throws IOException {
        if (System.getProperty("configuration.write") != null) {
            Files.writeString(file, text);
        }
        assertThat(file).as("%s, see DocumentationTest", file).hasContent(text);
    }
}
