package io.github.sparklatent.config;

import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration: the only place where its name, type, range, default, meaning and
 * unit are written. A key of the sections {@code model} and {@code train} is a hyperparameter: it
 * is also a Spark Param of the estimators that have the key.
 *
 * @param path section and name, joined by dots
 * @param kind type and range of the value
 * @param preset default; null if there is none
 * @param absent what holds without a value, to be read after "absent:"; null if there is a default
 * @param meaning one line
 * @param unit unit of the value; empty if it has none
 * @param param name of the Spark Param; empty if the key has none
 */
public record Key<T>(
        String path,
        ValueType<T> kind,
        T preset,
        String absent,
        String meaning,
        String unit,
        String param) {

    public Key {
        if ((preset == null) == (absent == null)) {
            throw new IllegalArgumentException(
                    path + " must have a default or a word on what holds without a value");
        }
        if (preset != null) {
            kind.check(preset);
        }
    }

    /** Returns a key with a default. */
    public static <T> Key<T> of(String path, ValueType<T> kind, T preset, String meaning) {
        return new Key<>(path, kind, preset, null, meaning, "", defaultParam(path));
    }

    /** Returns a key without a default. */
    public static <T> Key<T> optional(
            String path, ValueType<T> kind, String absent, String meaning) {
        return new Key<>(path, kind, null, absent, meaning, "", defaultParam(path));
    }

    /** Returns the same key with a unit. */
    public Key<T> in(String newUnit) {
        return new Key<>(path, kind, preset, absent, meaning, newUnit, param);
    }

    /** Returns the same key with another name of its Spark Param. */
    public Key<T> asParam(String name) {
        return new Key<>(path, kind, preset, absent, meaning, unit, name);
    }

    /** Returns the same key with another default, for a model type of its own. */
    public Key<T> withDefault(T value) {
        return new Key<>(path, kind, value, null, meaning, unit, param);
    }

    /** Returns the same key without a default, for a model type of its own. */
    public Key<T> withAbsent(String words) {
        return new Key<>(path, kind, null, words, meaning, unit, param);
    }

    /** Whether the key is also a Spark Param of an estimator. */
    public boolean isHyperparameter() {
        return !param.isEmpty();
    }

    /**
     * The name of the Param: that of the key, after the name of an inner section ({@code
     * train.outer.momentum} is outerMomentum). The key {@code type} of an inner section has the
     * name of the section; the keys of {@code train.optimizer} need no prefix.
     */
    private static String defaultParam(String path) {
        String[] names = path.split("\\.");
        if (!names[0].equals("model") && !names[0].equals("train")) {
            return "";
        }
        String last = names[names.length - 1];
        String section = names.length > 2 ? names[names.length - 2] : "";
        if (section.isEmpty() || section.equals("optimizer") && !last.equals("type")) {
            return last;
        }
        return last.equals("type")
                ? section
                : section + last.substring(0, 1).toUpperCase(Locale.ROOT) + last.substring(1);
    }

    /**
     * The value itself, if this key takes it.
     *
     * @throws IllegalArgumentException with the same sentence as a file would get
     */
    public T require(T value) {
        try {
            return kind.check(value);
        } catch (MisfitException e) {
            throw new IllegalArgumentException(path + " " + e.getMessage(), e);
        }
    }

    public Optional<T> require(Optional<T> value) {
        return value.map(this::require);
    }

    /** {@code holdout} of {@code data.holdout.fraction} is {@code data.holdout}. */
    public String section() {
        return path.substring(0, path.lastIndexOf('.'));
    }

    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return path;
    }
}
