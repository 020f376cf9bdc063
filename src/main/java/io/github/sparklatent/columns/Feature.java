package io.github.sparklatent.columns;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.List;

/**
 * One number of a row as models read it, with its name and meaning.
 *
 * @param name the name of its column, or {@code column[3]} if a column has several numbers
 * @param kind meaning of the number
 * @param categories categories of a categorical column, in the order of their codes 0, 1, 2 ...; empty for other kinds
 */
public record Feature(String name, Kind kind, List<String> categories) implements Serializable {

    /** Meanings of a number of a row. */
    public enum Kind {
        /** A number of any size. */
        NUMBER,
        /** A whole number from 0 on that counts something. */
        COUNT,
        /** The code of a category. */
        CATEGORY
    }

    public Feature {
        categories = List.copyOf(categories);
        Require.that(
                kind == Kind.CATEGORY ? !categories.isEmpty() : categories.isEmpty(),
                "feature %s has %d categories, expected %s",
                name,
                categories.size(),
                kind == Kind.CATEGORY ? "at least one" : "none, because it is no category");
    }

    /** Returns a feature that is a number of any size. */
    public static Feature number(String name) {
        return new Feature(name, Kind.NUMBER, List.of());
    }
}
