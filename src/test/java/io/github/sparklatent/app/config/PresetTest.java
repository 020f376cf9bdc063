package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.Families;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The presets are configurations of this version, and each setting has its reason. */
class PresetTest {
    private static final Config TABLE =
            ConfigFactory.parseString("data.path = t, data.format = idx, output.path = out");

    static Stream<Preset> all() {
        return Preset.names().stream()
                .flatMap(
                        name -> Stream.of(OptionalInt.empty(), of(9), of(10)).map(numbers -> Preset.of(name, numbers)));
    }

    private static OptionalInt of(int numbers) {
        return OptionalInt.of(numbers);
    }

    private static JobConfiguration load(Config config) {
        return JobConfiguration.load(config.withFallback(TABLE), "test", Job.TRAIN, Families.types());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPresetIsAConfiguration(Preset preset) {
        JobConfiguration loaded = load(preset.layer("preset x"));
        assertThat(loaded.type().type()).isEqualTo(preset.type());
        assertThat(loaded.settings().text()).contains("type = " + preset.type() + "  # preset x");
        assertThat(preset.task()).doesNotEndWith(".");
        assertThat(preset.why()).doesNotEndWith(".");
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachSettingHasAReason(Preset preset) {
        assertThat(preset.text().lines()).allMatch(line -> line.contains(" # "));
        assertThat(preset.text()).startsWith("  model.type = " + preset.type());
    }

    @ParameterizedTest
    @CsvSource({
        "groups,,mixture",
        "groups,3,mixture",
        "anomalies,,mixture",
        "anomalies,3,gmm",
        "anomalies,20,gmm",
        "impute,,mixture",
        "impute,3,mixture",
        "generate,,mixture",
        "compress,,vae",
        "compress,9,ppca",
        "compress,10,vae",
        "images,,vae"
    })
    void theModelFollowsFromTheColumns(String name, Integer numbers, String type) {
        OptionalInt count = numbers == null ? OptionalInt.empty() : OptionalInt.of(numbers);
        assertThat(Preset.of(name, count).type()).isEqualTo(type);
    }

    @Test
    void anUnknownNameHasTheNearestOne() {
        assertThatThrownBy(() -> Preset.of("anomalys", OptionalInt.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessage("--preset is \"anomalys\", expected one of groups, anomalies, impute,"
                        + " generate, compress, images (did you mean anomalies?)");
    }

    @ParameterizedTest
    @CsvSource({"anomalies,anomalies.conf,10", "generate,synthetic-rows.conf,"})
    void aPresetHasTheValuesOfTheShippedFile(String name, String file, Integer numbers) {
        OptionalInt count = numbers == null ? OptionalInt.empty() : OptionalInt.of(numbers);
        Config shipped = ConfigFactory.parseFile(Path.of("conf", file).toFile());
        Config preset = Preset.of(name, count).settings();
        shipped.withoutPath("score")
                .entrySet()
                .forEach(entry -> assertThat(preset.getValue(entry.getKey()).unwrapped())
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue().unwrapped()));
    }

    @Test
    void anotherTypeOfModelHasWhatFitsIt() {
        Preset compress = Preset.of("groups", OptionalInt.empty()).forType("vae", Families.types());
        assertThat(compress.settings().entrySet()).extracting(Map.Entry::getKey).containsExactly("data.invalid");
        JobConfiguration loaded =
                load(JobConfiguration.typed(null, null, List.of("model.type=vae"), ConfigFactory.empty())
                        .withFallback(compress.layer("preset groups")));
        assertThat(loaded.type().type()).isEqualTo("vae");
        Preset anomalies = Preset.of("anomalies", OptionalInt.empty()).forType("gmm", Families.types());
        assertThat(anomalies.settings().hasPath("score.columns")).isTrue();
        assertThat(anomalies.settings().hasPath("model")).isFalse();
    }
}
