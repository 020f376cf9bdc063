package io.github.sparklatent.ml.network.options;

import java.util.Locale;

/** Converts the configured names of constants, which are lower-case words joined by hyphens. */
public final class Names {
    private Names() {}

    /**
     * Returns the constant of a name.
     *
     * @throws IllegalArgumentException if there is no constant of this name
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
