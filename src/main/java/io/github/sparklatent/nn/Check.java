package io.github.sparklatent.nn;

import java.util.Locale;

/** Checks of arguments; conditions are written so that NaN fails them. */
public final class Check {
    private Check() {}

    /** Throws an IllegalArgumentException with the formatted sentence if the condition is false. */
    public static void that(boolean condition, String sentence, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, sentence, values));
        }
    }
}
