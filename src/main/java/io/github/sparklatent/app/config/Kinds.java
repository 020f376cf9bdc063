package io.github.sparklatent.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of value that the keys have. */
final class Kinds {
    private Kinds() {}

    static Kind<Integer> integer(int minimum) {
        return new WholeNumber<>(minimum, Integer.MAX_VALUE, Math::toIntExact);
    }

    static Kind<Long> longInteger(long minimum) {
        return new WholeNumber<>(minimum, Long.MAX_VALUE, Long::valueOf);
    }

    /** Any integer of 64 bits. */
    static Kind<Long> seed() {
        return longInteger(Long.MIN_VALUE);
    }

    static Kind<Double> notNegative() {
        return new RealNumber(0, Double.POSITIVE_INFINITY);
    }

    /** From 0, below 1. */
    static Kind<Double> fraction() {
        return new RealNumber(0, 1);
    }

    static Kind<Boolean> truth() {
        Map<String, Boolean> values = new LinkedHashMap<>();
        values.put("true", true);
        values.put("false", false);
        return new Choice<>(values);
    }

    /**
     * @param noun what the text names, with its article: {@code a path}
     */
    static Kind<String> text(String noun) {
        return new Text(noun);
    }

    /** The constants of an enum whose {@code toString} is the name a person writes. */
    static <E extends Enum<E>> Kind<E> oneOf(List<E> constants) {
        Map<String, E> values = new LinkedHashMap<>();
        constants.forEach(constant -> values.put(constant.toString(), constant));
        return new Choice<>(values);
    }

    /** One value, or a list of at least one, each once. */
    static <T> Many<T> oneOrMore(Kind<T> element) {
        return new Many<>(element);
    }
}
