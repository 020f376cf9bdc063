package io.github.sparklatent.config;

import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.settings.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** All keys that a configuration of a model type may have. */
public final class Schema {
    private final ModelTypes types;
    private final ModelType type;
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();

    /** Creates the schema of a model type; {@code form} returns the form of a key that the schema holds. */
    Schema(ModelTypes types, ModelType type, UnaryOperator<Key<?>> form) {
        this.types = types;
        this.type = type;
        List<Key<?>> unordered = type.allKeys();
        unordered.forEach(key -> addSections(key.section(), sections));
        ordered(unordered).forEach(key -> keys.put(key.path(), form.apply(key)));
    }

    /** Orders keys section by section; the keys of a section, basic ones first, precede those of its subsections. */
    public static List<Key<?>> ordered(List<Key<?>> keys) {
        Set<String> sections = new LinkedHashSet<>();
        keys.forEach(key -> addSections(key.section(), sections));
        List<String> order = List.copyOf(sections);
        return keys.stream()
                .<Key<?>>map(key -> key)
                .sorted(Comparator.comparing((Key<?> key) ->
                                order.indexOf(key.path().substring(0, key.path().indexOf('.'))))
                        .thenComparing(key -> order.indexOf(key.section()))
                        .thenComparing(Key::level))
                .toList();
    }

    /** The model type. */
    public ModelType type() {
        return type;
    }

    /** Returns the keys in the order of the reference. */
    public List<Key<?>> keys() {
        return List.copyOf(keys.values());
    }

    /** Returns the key of a path; empty if there is none. */
    public Optional<Key<?>> key(String path) {
        return Optional.ofNullable(keys.get(path));
    }

    /** Returns whether a path is a section. */
    public boolean isSection(String path) {
        return sections.contains(path);
    }

    /** Returns the key or section of the most similar name, preferably in the same section. */
    Optional<String> nearest(String path) {
        List<String> candidates = new ArrayList<>(sections);
        candidates.addAll(keys.keySet());
        String name = name(path);
        return candidates.stream()
                .filter(candidate -> NearestName.isNear(name, name(candidate)))
                .min(Comparator.comparing(
                                (String candidate) -> !section(candidate).equals(section(path)))
                        .thenComparing(candidate -> NearestName.distance(name, name(candidate)))
                        .thenComparing(candidate -> NearestName.distance(path, candidate)));
    }

    /** Returns a sentence about a path that is neither a key nor a section. */
    public String unknown(String path) {
        List<String> others = types.all().stream()
                .filter(other -> other != type && types.schema(other).contains(path))
                .map(ModelType::type)
                .toList();
        if (!others.isEmpty()) {
            return path + " is for " + Names.listed(others, "and") + ", not for " + type.type();
        }
        return path + " is not a key" + nearest(path).map(NearestName::question).orElse("");
    }

    private boolean contains(String path) {
        return keys.containsKey(path) || sections.contains(path);
    }

    private static void addSections(String path, Set<String> sections) {
        int dot = path.lastIndexOf('.');
        if (dot > 0) {
            addSections(path.substring(0, dot), sections);
        }
        sections.add(path);
    }

    private static String section(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
