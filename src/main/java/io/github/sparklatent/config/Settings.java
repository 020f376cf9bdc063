package io.github.sparklatent.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import io.github.sparklatent.config.value.Hocon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The values of all given keys with their places; defaults come from the keys. Immutable. */
public final class Settings {

    /** A value and the place where it was written. */
    public record Given(Object value, ConfigOrigin origin) {}

    /** Conditions on these settings are unknown if an initial model gives their values. */
    private static final Set<String> OF_INITIAL_MODEL = Set.of("model.covariance");

    private final Schema schema;
    private final String source;
    private final Map<String, Given> given;
    private final Set<String> misfits;

    /**
     * Creates settings.
     *
     * @param source the file as the user wrote it; messages about missing keys name it
     * @param misfits paths of keys with an invalid value, which was already reported and is not in {@code given}
     */
    public Settings(Schema schema, String source, Map<String, Given> given, Set<String> misfits) {
        this.schema = schema;
        this.source = source;
        this.given = Map.copyOf(given);
        this.misfits = Set.copyOf(misfits);
    }

    /**
     * Returns the settings of an estimator.
     *
     * @param source the estimator's uid, which messages name
     * @param values values of the keys that are set, by path of the key
     */
    public static Settings of(Schema schema, String source, Map<String, Object> values) {
        Map<String, Given> given = new HashMap<>();
        values.forEach((path, value) -> given.put(path, new Given(value, ConfigOriginFactory.newSimple(source))));
        return new Settings(schema, source, given, Set.of());
    }

    /** Returns the problems of hyperparameters that are valid one by one but contradict others. */
    public List<Problem> conflicts() {
        List<Problem> problems = new ArrayList<>(Conflicts.ofHyperparameters(this));
        schema.type().options().forEach(options -> OptionsRecord.bind(options, this, problems));
        problems.addAll(schema.type().conflicts().apply(this));
        schema.keys().forEach(key -> withoutEffect(key).ifPresent(problems::add));
        return problems;
    }

    /**
     * Returns the problems of the settings that one options record declares: rules that they break, and values without
     * effect.
     */
    public List<Problem> problems(Record options) {
        List<Problem> problems = new ArrayList<>();
        OptionsRecord.bind(options, this, problems);
        OptionsRecord.keys(options).forEach(key -> withoutEffect(key).ifPresent(problems::add));
        return problems;
    }

    /**
     * Returns an options record with the values of these settings.
     *
     * @param base the record with the values of components that are no settings
     * @throws IllegalArgumentException if the values break the rules of the record
     */
    public <R extends Record> R bind(R base) {
        List<Problem> problems = new ArrayList<>();
        R bound = OptionsRecord.bind(base, this, problems);
        Problem.requireNone(problems);
        return bound;
    }

    /** Returns the value of a path or its default for this model type; empty if there is none. */
    public Optional<Object> value(String path) {
        return given.containsKey(path)
                ? Optional.of(given.get(path).value())
                : schema.key(path).map(Key::preset);
    }

    /**
     * Returns the problem of a value that has no effect because another key does not have the value that this key is
     * for. An initial model gives values of the section {@code model} that are not in the settings, so nothing is known
     * about them.
     */
    private Optional<Problem> withoutEffect(Key<?> key) {
        Optional<Key.Condition> condition = Key.Condition.of(key.onlyIf());
        if (condition.isEmpty() || !isChanged(key)) {
            return Optional.empty();
        }
        String other = condition.get().path();
        if (given.get(key.path()).origin().description().matches("(default, as in )?preset \\S+")) {
            return Optional.empty(); // nobody set it
        }
        boolean unknown =
                OF_INITIAL_MODEL.contains(other) && text("train.initialModel").isPresent() && !isGiven(other);
        if (unknown || is(other, condition.get().words().toArray(String[]::new))) {
            return Optional.empty();
        }
        return Optional.of(
                problem(key, "is %s, but it has no effect unless %s: remove it".formatted(show(key), key.onlyIf())));
    }

    /** The keys that the settings may have. */
    public Schema schema() {
        return schema;
    }

    /** Returns the value of a key that has a default. */
    public <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(key + " has neither a value nor a default"));
    }

    /** Returns the value of a key or its default for this model type; empty if there is none. */
    @SuppressWarnings("unchecked") // keys of the same path have values of the same type
    public <T> Optional<T> find(Key<T> key) {
        Given found = given.get(key.path());
        Key<T> own = (Key<T>) schema.key(key.path()).orElse(key);
        return Optional.ofNullable(found == null ? own.preset() : (T) found.value());
    }

    /** Returns a copy with other given values. */
    public Settings with(UnaryOperator<Map<String, Given>> change) {
        return new Settings(schema, source, change.apply(given), misfits);
    }

    /** Returns whether the file or an override sets the key of this path. */
    public boolean isGiven(String path) {
        return given.containsKey(path);
    }

    /** Returns whether the file or an override sets the key. */
    public boolean isGiven(Key<?> key) {
        return given.containsKey(key.path());
    }

    /** Returns whether the value differs from the default. */
    public <T> boolean isChanged(Key<T> key) {
        return isGiven(key) && !find(key).equals(Optional.ofNullable(key.preset()));
    }

    /** Returns whether the value of a path differs from its default. */
    public boolean isChanged(String path) {
        return schema.key(path).map(this::isChanged).orElse(false);
    }

    /** Returns whether nothing sets the path, neither to a valid nor to an invalid value. */
    public boolean isMissing(String path) {
        return !isGiven(path) && !misfits.contains(path);
    }

    /** Returns whether the path was set to an invalid value. */
    public boolean isMisfit(String path) {
        return misfits.contains(path);
    }

    /** Returns the value of a path or its default. */
    public <T> T get(String path, Class<T> type) {
        return type.cast(value(path)
                .orElseThrow(() -> new IllegalArgumentException(path + " has neither a value nor a default")));
    }

    /** Returns the text at a path; empty if there is none. */
    public Optional<String> text(String path) {
        return value(path).map(String.class::cast);
    }

    /** Returns the texts at a path; empty if there are none. */
    @SuppressWarnings("unchecked") // the value is a list of texts
    public List<String> texts(String path) {
        return value(path).map(texts -> (List<String>) texts).orElse(List.of());
    }

    /** Returns whether the value of a path is written as one of some words. */
    public boolean is(String path, String... words) {
        return value(path).isPresent() && List.of(words).contains(show(path));
    }

    /** Returns the value of a path as HOCON. */
    public String show(String path) {
        // A stage sets values of keys that its model type does not have.
        return schema.key(path).isPresent()
                ? show(schema.key(path).get())
                : Hocon.text(value(path).orElseThrow().toString());
    }

    /** Returns the value as HOCON. */
    public <T> String show(Key<T> key) {
        return Hocon.text(key.kind().plain(get(key)));
    }

    /**
     * Returns the value as a number, a boolean, a string or a list of these, without credentials; empty if there is
     * none.
     */
    <T> Optional<Object> plain(Key<T> key) {
        return find(key).map(key.kind()::plain).map(Redaction::ofPlain);
    }

    /** Returns a problem with a key's value, at the place where the value was written. */
    public Problem problem(Key<?> key, String predicate) {
        return problem(key.path(), predicate);
    }

    /** Returns a problem with the value of a path, at the place where the value was written. */
    public Problem problem(String path, String predicate) {
        String sentence = path + " " + predicate;
        return isGiven(path) ? Problem.at(given.get(path).origin(), sentence) : new Problem(source, 0, sentence);
    }

    /** Returns the place of a key's value: {@code conf/digits.conf:3}, or {@code default}. */
    String where(Key<?> key) {
        return isGiven(key) ? problem(key, "").where() : "default";
    }

    /**
     * Returns the whole configuration as HOCON: every key of the model type with its value and the place of the value.
     */
    public String text() {
        return Layout.of(schema.keys(), this::lines, section -> false);
    }

    private List<String> lines(Key<?> key) {
        String value = plain(key).map(Hocon::text).orElse("");
        return List.of(
                value.isEmpty()
                        ? "# " + key.name() + " is absent: " + key.absent()
                        : key.name() + " = " + value + "  # " + where(key));
    }

    /** Returns all keys with a value, as nested sections of plain values, in the schema's order. */
    public Map<String, Object> asMap() {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Key<?> key : schema.keys()) {
            plain(key).ifPresent(value -> put(root, key.path(), value));
        }
        return root;
    }

    /**
     * Puts a value at a path; creates missing sections.
     *
     * @param root Modified.
     * @param path names separated by dots
     */
    @SuppressWarnings("unchecked") // this method puts maps as sections
    public static void put(Map<String, Object> root, String path, Object value) {
        Map<String, Object> section = root;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            section = (Map<String, Object>)
                    section.computeIfAbsent(names[i], unused -> new LinkedHashMap<String, Object>());
        }
        section.put(names[names.length - 1], value);
    }

    /** Writes the keys of a schema as nested HOCON sections, in the schema's order. */
    public static final class Layout {
        private static final String INDENT = "  ";

        private final Predicate<String> asComment;
        private final StringBuilder text = new StringBuilder();
        private final List<String> open = new ArrayList<>();

        private Layout(Predicate<String> asComment) {
            this.asComment = asComment;
        }

        /**
         * Writes keys.
         *
         * @param keys keys in the order of the text
         * @param lines text of a key, without indentation
         * @param asComment whether the braces of a section are commented out
         */
        public static String of(List<Key<?>> keys, Function<Key<?>, List<String>> lines, Predicate<String> asComment) {
            Layout layout = new Layout(asComment);
            for (Key<?> key : keys) {
                layout.enter(List.of(key.section().split("\\.")));
                lines.apply(key).forEach(line -> layout.append(layout.open.size(), line));
            }
            layout.enter(List.of());
            return layout.text.toString();
        }

        /** Closes the open sections that do not contain the section, and opens the section. */
        private void enter(List<String> section) {
            int common = 0;
            while (common < Math.min(open.size(), section.size())
                    && open.get(common).equals(section.get(common))) {
                common++;
            }
            while (open.size() > common) {
                append(open.size() - 1, mark() + "}");
                open.remove(open.size() - 1);
            }
            for (String name : section.subList(common, section.size())) {
                open.add(name);
                append(open.size() - 1, mark() + name + " {");
            }
        }

        private String mark() {
            return asComment.test(String.join(".", open)) ? "# " : "";
        }

        private void append(int depth, String line) {
            text.append(INDENT.repeat(depth)).append(line).append('\n');
        }
    }
}
