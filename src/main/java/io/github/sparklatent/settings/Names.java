package io.github.sparklatent.settings;

import java.util.List;
import java.util.Locale;

/** The names of constants in a configuration: in lower case, with hyphens between words. */
public final class Names {
    private Names() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the constant whose {@code toString} is a name.
     *
     * @param noun what the name is of, for the message
     * @throws IllegalArgumentException for any other text
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String noun, String name) {
        List<E> constants = List.of(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is \"%s\", expected %s".formatted(noun, name, listed(constants, "or"))));
    }

    /** Joins values: {@code ae, vae and gan}. */
    public static String listed(List<?> values, String conjunction) {
        String all = String.join(", ", values.stream().map(Object::toString).toList());
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " " + conjunction + " " + all.substring(last + 2);
    }
}
