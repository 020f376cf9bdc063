package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.PlainTree;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of {@code train} that a section within it may override, under the same names.
 *
 * @param keys keys whose paths begin with {@code train}
 * @param own additional names, which the caller reads
 */
record Refinable(List<Key<?>> keys, List<String> own) {
    private static final String TRAIN = "train.";

    Refinable {
        keys = List.copyOf(keys);
        own = List.copyOf(own);
    }

    /**
     * Reads the values that a section overrides.
     *
     * @param noun description of the section with its article: {@code a stage joint}
     * @throws MisfitException if a name is unknown or a value is not valid
     */
    Refinement read(ConfigObject section, String noun) {
        Map<String, Settings.Given> given = new HashMap<>();
        read(section, "", noun, given);
        return new Refinement(given);
    }

    private void read(ConfigObject section, String prefix, String noun, Map<String, Settings.Given> given) {
        section.forEach((name, value) -> {
            String path = prefix + name;
            if (!names(prefix).contains(name)) {
                throw unknown(path, names(prefix), noun, value);
            }
            boolean absent = value.valueType() == ConfigValueType.NULL;
            if (absent || own.contains(path)) {
                return;
            }
            if (names(path + ".").isEmpty()) {
                given.put(TRAIN + path, value(path, noun, value));
            } else if (value instanceof ConfigObject inner) {
                read(inner, path + ".", noun, given);
            } else {
                throw new MisfitException(
                        "has %s whose %s is %s, must be a section: %s { ... }"
                                .formatted(noun, path, Found.show(value), path),
                        value.origin());
            }
        });
    }

    /** Returns the names that a section may have: keys and sections of keys. */
    private Set<String> names(String prefix) {
        Set<String> names = new LinkedHashSet<>(prefix.isEmpty() ? own : List.of());
        keys.stream()
                .map(key -> key.path().substring(TRAIN.length()))
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.")[0])
                .forEach(names::add);
        return names;
    }

    private Settings.Given value(String path, String noun, ConfigValue value) {
        Key<?> key = keys.stream()
                .filter(candidate -> candidate.path().equals(TRAIN + path))
                .findFirst()
                .orElseThrow();
        try {
            return new Settings.Given(key.kind().read(value), value.origin());
        } catch (MisfitException e) {
            throw new MisfitException("has %s whose %s %s".formatted(noun, path, e.getMessage()), value.origin());
        }
    }

    private static MisfitException unknown(String path, Set<String> names, String noun, ConfigValue value) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        String hint = NearestName.hint(name, names);
        return new MisfitException(
                "has %s with %s, must have %s%s".formatted(noun, Found.quote(path), String.join(", ", names), hint),
                value.origin());
    }

    /** Returns the section as plain values, in the order of the keys, without the additional names. */
    Map<String, Object> plain(Refinement refinement) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            if (refinement.given().containsKey(key.path())) {
                PlainTree.put(root, key.path().substring(TRAIN.length()), plain(key, refinement));
            }
        }
        return root;
    }

    @SuppressWarnings("unchecked") // read() stored a value of the key's own type
    private static <T> Object plain(Key<T> key, Refinement refinement) {
        return key.kind().plain((T) refinement.given().get(key.path()).value());
    }
}
