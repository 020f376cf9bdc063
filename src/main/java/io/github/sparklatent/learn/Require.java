package io.github.sparklatent.learn;

import java.util.Locale;

/** Checks of arguments. Conditions are written so that NaN fails them. */
public final class Require {
    private Require() {}

    /**
     * Requires a condition.
     *
     * @param sentence format of a sentence with the value found and the expected value
     * @throws IllegalArgumentException with the formatted sentence, if the condition is false
     */
    public static void that(boolean condition, String sentence, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, sentence, values));
        }
    }

    /**
     * Requires a size.
     *
     * @param name name of the objects that are counted, e.g. "rows of means"
     * @throws IllegalArgumentException if the sizes differ
     */
    public static void size(String name, long found, long expected) {
        that(found == expected, "%s: found %s, expected %s", name, found, expected);
    }
}
