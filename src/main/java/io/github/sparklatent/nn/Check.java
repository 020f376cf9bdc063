package io.github.sparklatent.nn;

import java.util.Locale;

/** Checks of arguments; conditions are written so that NaN fails them. */
final class Check {
    private Check() {}

    /** Throws the sentence as an IllegalArgumentException where the condition does not hold. */
    static void that(boolean condition, String sentence, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, sentence, values));
        }
    }
}
