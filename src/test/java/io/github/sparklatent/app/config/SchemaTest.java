package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Schema;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of keys, and what it says of keys that are not in it. */
class SchemaTest {
    private static final Schema GMM = Families.types().schema(MixtureModelType.GMM);

    static List<ModelType> types() {
        return Families.types().all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void noTypeHasAKeyTwiceOrAKeyThatIsASection(ModelType type) {
        Schema schema = Families.types().schema(type);

        assertThat(type.allKeys()).extracting(Key::path).doesNotHaveDuplicates();
        assertThat(schema.keys()).noneMatch(key -> schema.isSection(key.path()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anyOneSlipStillFindsTheKey(Key<?> key) {
        for (String slip : slips(key)) {
            if (GMM.key(slip).isPresent()) {
                continue; // a letter from data.label lies data.labels
            }
            assertThat(GMM.unknown(slip)).isEqualTo(slip + " is not a key (did you mean " + key + "?)");
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
        return GMM.keys().stream().filter(key -> !key.name().equals("labels"));
    }
}
