package io.github.sparklatent.config;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.value.Choice;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A type of model as configurations and Spark Params describe it. From it the build generates the interface
 * {@code estimator + "Params"} of an Estimator and its model, and the interface {@code estimator + "Setters"} of the
 * Estimator.
 *
 * @param type value of {@code model.type}
 * @param estimator simple name of the Estimator's class; the model's class appends {@code Model}
 * @param words name in a sentence, in lower case unless it is a proper name
 * @param options options records with the default values, whose components declare keys
 * @param fixed paths of settings of these records, or of sections of them, that the type does not offer
 * @param keys keys beyond {@link CommonSections}: the constructor adds those that the options declare
 * @param offers paths of the common keys that only some types have and this type has
 * @param defaults defaults of common keys that are different for this type, by path
 * @param columns columns that a model can add to a table
 * @param scoring paths of hyperparameters that a model uses, beyond the settings of scoring that every type has
 * @param conflicts finds values that are valid one by one but contradict each other, beyond the rules of the options;
 *     null: none
 * @param readsCategories whether a categorical column is one number of a row, its code; else it is one number for each
 *     category but the first, 0 or 1
 */
@RecordBuilder
public record ModelType(
        String type,
        String estimator,
        String words,
        List<Record> options,
        List<String> fixed,
        List<Key<?>> keys,
        List<String> offers,
        Map<String, Object> defaults,
        List<ScoreColumn> columns,
        List<String> scoring,
        Function<Settings, List<Problem>> conflicts,
        boolean readsCategories) {

    public ModelType {
        options = copy(options);
        fixed = copy(fixed);
        keys = all(options, fixed, copy(keys));
        offers = copy(offers);
        defaults = defaults == null ? Map.of() : Map.copyOf(defaults);
        columns = copy(columns).stream().sorted().toList();
        scoring = copy(scoring);
        conflicts = Objects.requireNonNullElse(conflicts, settings -> List.of());
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Returns the keys that options records declare and the further keys. */
    private static List<Key<?>> all(List<Record> options, List<String> fixed, List<Key<?>> keys) {
        Set<String> known = new HashSet<>(keys.stream().map(Key::path).toList());
        List<Key<?>> all = options.stream()
                .flatMap(record -> OptionsRecord.keys(record).stream())
                .filter(key -> fixed.stream().noneMatch(path -> (key.path() + ".").startsWith(path + "."))
                        && known.add(key.path()))
                .collect(Collectors.toCollection(ArrayList::new));
        all.addAll(keys);
        return all.stream()
                .flatMap(key -> possible(key, all).stream())
                .<Key<?>>map(key -> key)
                .toList();
    }

    /**
     * Returns the key with the condition that can hold for this type; empty if none can, so that the type does not have
     * the key.
     */
    private static Optional<Key<?>> possible(Key<?> key, List<Key<?>> all) {
        Optional<Key.Condition> condition = Key.Condition.of(key.onlyIf());
        if (condition.isEmpty()) {
            return Optional.of(key);
        }
        List<String> words = all.stream()
                .filter(other -> other.path().equals(condition.get().path()))
                .flatMap(other -> ((Choice<?>) other.kind()).values().keySet().stream())
                .toList();
        Key.Condition possible = condition.get().among(words);
        if (possible.words().isEmpty()) {
            return Optional.empty();
        }
        boolean always = possible.words().size() == words.size();
        return Optional.of(key.withOnlyIf(always ? "" : possible.toString()));
    }

    /** Returns the common keys in the form that this type has, then its own keys. */
    public List<Key<?>> allKeys() {
        List<Key<?>> all = new ArrayList<>();
        for (Key<?> key : CommonSections.KEYS) {
            if (!key.offered() || offers.contains(key.path())) {
                Object own = defaults.get(key.path());
                all.add(own == null ? key : key.withDefault(own));
            }
        }
        all.addAll(keys);
        return all;
    }

    /** Returns the columns that a model adds by default. */
    public List<ScoreColumn> shown() {
        return ScoreColumn.shown(columns).stream().sorted().toList();
    }

    /** Returns the keys that are also Spark Params: the hyperparameters, and what training and scoring read. */
    public List<Key<?>> params() {
        return schema(UnaryOperator.identity()).keys().stream()
                .filter(Key::isParam)
                .toList();
    }

    /** Returns whether a model has the Param: partitions and the key of a row are of the training alone. */
    public static boolean isOfModel(Key<?> key) {
        return !key.path().equals("train.partitions") && !key.path().equals("data.id");
    }

    /** Returns whether a model has a setter of this Param. */
    public boolean isOfScoring(Key<?> key) {
        return isOfEveryScoring(key) || scoring.contains(key.path());
    }

    /** Returns whether models of every type that has this Param have a setter of it. */
    static boolean isOfEveryScoring(Key<?> key) {
        return key.path().startsWith("score.") || key.path().equals("data.invalid");
    }

    /** Returns the keys with the defaults of the Estimator. */
    public Schema estimatorSchema() {
        return schema(Key::ofEstimator);
    }

    private Schema schema(UnaryOperator<Key<?>> form) {
        return new Schema(new ModelTypes(List.of(this)), this, form);
    }

    @Override
    public String toString() {
        return type;
    }
}
