package io.github.sparklatent.config.value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of value that the keys have. */
public final class ValueTypes {
    private ValueTypes() {}

    public static ValueType<Integer> integer(int minimum) {
        return new WholeNumber<>(minimum, Integer.MAX_VALUE, Math::toIntExact);
    }

    public static ValueType<Long> longInteger(long minimum) {
        return new WholeNumber<>(minimum, Long.MAX_VALUE, Long::valueOf);
    }

    /** Any integer of 64 bits. */
    public static ValueType<Long> seed() {
        return longInteger(Long.MIN_VALUE);
    }

    public static ValueType<Double> notNegative() {
        return new RealNumber(0, false, Double.POSITIVE_INFINITY);
    }

    public static ValueType<Double> positive() {
        return new RealNumber(0, true, Double.POSITIVE_INFINITY);
    }

    /** From 0, below 1. */
    public static ValueType<Double> fraction() {
        return below(1);
    }

    /** From 0, below a limit. */
    public static ValueType<Double> below(double limit) {
        return new RealNumber(0, false, limit);
    }

    /** Above 0, up to 1. */
    public static ValueType<Double> share() {
        return new RealNumber(0, true, Math.nextUp(1.0));
    }

    public static ValueType<Boolean> truth() {
        Map<String, Boolean> values = new LinkedHashMap<>();
        values.put("true", true);
        values.put("false", false);
        return new Choice<>(values);
    }

    /**
     * @param noun what the text names, with its article: {@code a path}
     */
    public static ValueType<String> text(String noun) {
        return new Text(noun);
    }

    /** One of these names. */
    public static ValueType<String> name(String... names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(name, name);
        }
        return new Choice<>(values);
    }

    /** One of these by their texts. */
    public static ValueType<String> names(Object[] values) {
        return name(Arrays.stream(values).map(Object::toString).toArray(String[]::new));
    }

    /** The constants of an enum whose {@code toString} is the name a person writes. */
    public static <E extends Enum<E>> ValueType<E> oneOf(List<E> constants) {
        Map<String, E> values = new LinkedHashMap<>();
        constants.forEach(constant -> values.put(constant.toString(), constant));
        return new Choice<>(values);
    }

    /** One value, or a list of at least one, each once. */
    public static <T> Many<T> oneOrMore(ValueType<T> element) {
        return new Many<>(element);
    }
}
