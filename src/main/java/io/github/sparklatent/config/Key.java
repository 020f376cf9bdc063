package io.github.sparklatent.config;

import java.util.Optional;

/**
 * One key of the configuration: the only place where its default, its range and its meaning are
 * written.
 *
 * @param path the section and the name, with dots
 * @param kind what the value may be
 * @param preset the default; null where there is none
 * @param absent what holds without a value, to stand after "absent:"; null where there is a default
 * @param meaning one line
 */
record Key<T>(String path, Kind<T> kind, T preset, String absent, String meaning) {

    Key {
        if ((preset == null) == (absent == null)) {
            throw new IllegalArgumentException(
                    path + " must have a default or a word on what holds without a value");
        }
        if (preset != null) {
            kind.check(preset);
        }
    }

    static <T> Key<T> of(String path, Kind<T> kind, T preset, String meaning) {
        return new Key<>(path, kind, preset, null, meaning);
    }

    static <T> Key<T> optional(String path, Kind<T> kind, String absent, String meaning) {
        return new Key<>(path, kind, null, absent, meaning);
    }

    /**
     * The value itself, if this key takes it.
     *
     * @throws IllegalArgumentException with the same sentence as a file would get
     */
    T require(T value) {
        try {
            return kind.check(value);
        } catch (MisfitException e) {
            throw new IllegalArgumentException(path + " " + e.getMessage(), e);
        }
    }

    Optional<T> require(Optional<T> value) {
        return value.map(this::require);
    }

    /** {@code holdout} of {@code data.holdout.fraction} is {@code data.holdout}. */
    String section() {
        return path.substring(0, path.lastIndexOf('.'));
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return path;
    }
}
