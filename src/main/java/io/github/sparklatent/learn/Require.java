package io.github.sparklatent.learn;

import java.util.Locale;

/** Checks of arguments; conditions are written so that NaN fails them. */
public final class Require {
    private Require() {}

    /**
     * @param sentence a format: what was found, what was expected
     * @throws IllegalArgumentException with that sentence where the condition does not hold
     */
    public static void that(boolean condition, String sentence, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, sentence, values));
        }
    }

    /**
     * @param name of what has a size, such as "rows of means"
     * @throws IllegalArgumentException where the sizes differ
     */
    public static void size(String name, long found, long expected) {
        that(found == expected, "%s: found %s, expected %s", name, found, expected);
    }
}
