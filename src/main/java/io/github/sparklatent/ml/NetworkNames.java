package io.github.sparklatent.ml;

import java.util.Locale;

/** Constants by the names that people write: lower-case, words joined by hyphens. */
public final class NetworkNames {
    private NetworkNames() {}

    /** {@code SCORE_FUNCTION} is score-function. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant of a name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
