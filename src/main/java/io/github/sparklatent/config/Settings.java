package io.github.sparklatent.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import io.github.sparklatent.config.value.Hocon;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The value of every key that was given, with its place; defaults come from the keys. Immutable.
 */
public final class Settings {

    /** A value and where it was written. */
    public record Given(Object value, ConfigOrigin origin) {}

    private final Schema schema;
    private final String source;
    private final Map<String, Given> given;
    private final Set<String> misfits;

    /**
     * @param source the file as it was named: the place of what is missing
     * @param misfits keys whose value was told as wrong already and is not in {@code given}
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
     * @param values of the keys that are set, by path
     */
    public static Settings of(Schema schema, String source, Map<String, Object> values) {
        Map<String, Given> given = new HashMap<>();
        values.forEach(
                (path, value) ->
                        given.put(path, new Given(value, ConfigOriginFactory.newSimple(source))));
        return new Settings(schema, source, given, Set.of());
    }

    /** Returns everything that is wrong among values that are right one by one. */
    public List<Problem> conflicts() {
        return schema.type().conflicts().apply(this);
    }

    public Schema schema() {
        return schema;
    }

    /** The value of a key that has a default. */
    public <T> T get(Key<T> key) {
        return find(key)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        key + " has neither a value nor a default"));
    }

    /** The value of a key, the default that it has for this model type, or nothing. */
    @SuppressWarnings("unchecked") // keys of one path that are asked for have values of one kind
    public <T> Optional<T> find(Key<T> key) {
        Given found = given.get(key.path());
        Key<T> own = (Key<T>) schema.key(key.path()).orElse(key);
        return Optional.ofNullable(found == null ? own.preset() : (T) found.value());
    }

    /** The value of a key or its default, if the model type has this key; else nothing. */
    public <T> Optional<T> findOwn(Key<T> key) {
        return schema.key(key.path()).filter(key::equals).flatMap(own -> find(key));
    }

    /** Returns the columns that {@code score.columns} names, or those that the type adds. */
    @SuppressWarnings("unchecked") // every type declares the key with this kind of value
    public List<ScoreColumn> scoreColumns() {
        return (List<ScoreColumn>) get(schema.key("score.columns").orElseThrow());
    }

    /** Returns the same settings with other values given. */
    public Settings with(UnaryOperator<Map<String, Given>> change) {
        return new Settings(schema, source, change.apply(given), misfits);
    }

    /** Whether the file or an override names the key of this path; else its default holds. */
    public boolean isGiven(String path) {
        return given.containsKey(path);
    }

    /** Whether the file or an override names the key. */
    public boolean isGiven(Key<?> key) {
        return given.containsKey(key.path());
    }

    /** Whether the value is another than the default. */
    public <T> boolean isChanged(Key<T> key) {
        return isGiven(key) && !find(key).equals(Optional.ofNullable(key.preset()));
    }

    /** Whether nothing names the key, rightly or wrongly. */
    public boolean isMissing(Key<?> key) {
        return !isGiven(key) && !misfits.contains(key.path());
    }

    /** Whether the key has been named with a value that it does not take. */
    public boolean isMisfit(Key<?> key) {
        return misfits.contains(key.path());
    }

    /** The value as HOCON. */
    public <T> String show(Key<T> key) {
        return Hocon.text(key.kind().plain(get(key)));
    }

    /** The value as a number, a boolean, a string or a list of these; nothing if there is none. */
    <T> Optional<Object> plain(Key<T> key) {
        return find(key).map(key.kind()::plain);
    }

    /** What is wrong with a key's value, placed where the value was written. */
    public Problem problem(Key<?> key, String predicate) {
        String sentence = key + " " + predicate;
        return isGiven(key)
                ? Problem.at(given.get(key.path()).origin(), sentence)
                : new Problem(source, 0, sentence);
    }

    /** {@code conf/digits.conf:3}, or {@code default}. */
    String where(Key<?> key) {
        return isGiven(key) ? problem(key, "").where() : "default";
    }

    /**
     * The whole configuration as HOCON: every key of the model type with its value, and where the
     * value comes from.
     */
    public String text() {
        return Layout.of(
                schema,
                key -> {
                    String value = plain(key).map(Hocon::text).orElse("");
                    return List.of(
                            value.isEmpty()
                                    ? "# " + key.name() + " is absent: " + key.absent()
                                    : key.name() + " = " + value + "  # " + where(key));
                });
    }

    /** All keys with a value, as sections of sections of plain values, in the schema's order. */
    public Map<String, Object> asMap() {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Key<?> key : schema.keys()) {
            plain(key).ifPresent(value -> PlainTree.put(root, key.path(), value));
        }
        return root;
    }
}
