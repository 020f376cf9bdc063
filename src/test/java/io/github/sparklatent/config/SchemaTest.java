package io.github.sparklatent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of keys, and what it says of keys that are not in it. */
class SchemaTest {

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void noTypeHasAKeyTwiceOrAKeyThatIsASection(ModelType type) {
        Schema schema = Schema.of(type);

        assertThat(schema.keys()).hasSize(CommonKeys.ALL.size() + type.keys().size());
        assertThat(schema.keys()).noneMatch(key -> schema.isSection(key.path()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anyOneSlipStillFindsTheKey(Key<?> key) {
        Schema schema = Schema.of(ModelType.GMM);
        for (String slip : slips(key)) {
            if (schema.key(slip).isPresent()) {
                continue; // a letter from data.label lies data.labels
            }
            assertThat(schema.unknown(slip))
                    .isEqualTo(slip + " is not a key (did you mean " + key + "?)");
        }
    }

    /** A letter left out, doubled or made a capital, anywhere in the key's name. */
    private static List<String> slips(Key<?> key) {
        List<String> slips = new ArrayList<>();
        String name = key.name();
        for (int i = 0; i < name.length(); i++) {
            String before = key.section() + "." + name.substring(0, i);
            slips.add(before + name.charAt(i) + name.substring(i));
            if (name.length() > 2) {
                slips.add(before + name.substring(i + 1));
            }
        }
        slips.add(key.section() + "." + name.toUpperCase(Locale.ROOT));
        return slips;
    }

    static Stream<Key<?>> keys() {
        // One slip may lie between labels and label: the second is what most people mean.
        return Schema.of(ModelType.GMM).keys().stream().filter(key -> !key.name().equals("labels"));
    }

    @Test
    void aKeyHasADefaultOrAWordOnItsAbsence() {
        assertThatThrownBy(() -> Key.of("a.b", Kinds.integer(1), null, "a number"))
                .hasMessage("a.b must have a default or a word on what holds without a value");
        assertThatThrownBy(() -> Key.of("a.b", Kinds.integer(1), 0, "a number"))
                .hasMessage("is 0, must be an integer >= 1");
    }
}
