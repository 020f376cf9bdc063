package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.settings.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The types of value of the keys. */
public final class ValueTypes {
    /** Regular expression of all texts. */
    static final String ANY = "(?s).*";

    private ValueTypes() {}

    /** Returns the type of the integers of 32 bits in a range. */
    public static ValueType<Integer> integer(Range range) {
        return new WholeNumber<>(range, false);
    }

    /** Returns the type of the integers of 64 bits in a range. */
    public static ValueType<Long> longInteger(Range range) {
        return new WholeNumber<>(range, true);
    }

    /** Returns the type of integers from a minimum to a maximum. */
    public static ValueType<Integer> integer(int minimum, int maximum) {
        return new WholeNumber<>(minimum, maximum, false);
    }

    /** Returns the type of finite numbers in a range as {@link Range} reads it. */
    public static ValueType<Double> real(String range) {
        return new RealNumber(Range.of(range));
    }

    public static ValueType<Double> positive() {
        return real("> 0");
    }

    /**
     * Returns the type of texts that match a regular expression; empty: texts that are not empty.
     *
     * @param noun name of such a text in messages
     */
    public static ValueType<String> matching(String noun, String pattern) {
        return pattern.isEmpty() ? text(noun) : new Text(noun, pattern);
    }

    public static ValueType<Map<String, Double>> namedNumbers() {
        return new NamedValues<>(
                real(""),
                "a section of numbers by name: { NAME = 1.5 }",
                Optional.of("java.util.Map<String, Double>"),
                "a finite number");
    }

    /** Returns the type of sections of numbers and texts by name. */
    public static ValueType<Map<String, String>> namedValues() {
        return new NamedValues<>(
                new Text("a number or a text", ANY),
                "a section of values by name: { NAME = 1.5, OTHER = text }",
                Optional.empty(),
                "a number or a text");
    }

    /** Returns the type of {@code true} and {@code false}. */
    public static ValueType<Boolean> truth() {
        Map<String, Boolean> values = new LinkedHashMap<>();
        values.put("true", true);
        values.put("false", false);
        return new Choice<>(values, Map.of());
    }

    /**
     * Returns the type of texts that are not empty.
     *
     * @param noun noun for the text, with its article: {@code a path}
     */
    public static ValueType<String> text(String noun) {
        return new Text(noun, "(?s).+");
    }

    public static ValueType<String> name(String... names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(name, name);
        }
        return new Choice<>(values, Map.of());
    }

    /** Returns the type whose values are the texts of these objects. */
    public static ValueType<String> names(Object[] values) {
        return name(Arrays.stream(values).map(Object::toString).toArray(String[]::new));
    }

    /** Returns the type whose values are these constants, written as their {@code toString}. */
    public static <E extends Enum<E>> Choice<E> oneOf(List<E> constants) {
        return oneOf(constants, Map.of());
    }

    /**
     * Returns the type whose values are these constants, written as their {@code toString}.
     *
     * @param advice what to do instead of some other values that people expect, by value
     */
    public static <E extends Enum<E>> Choice<E> oneOf(List<E> constants, Map<String, String> advice) {
        Map<String, E> values = new LinkedHashMap<>();
        constants.forEach(constant -> values.put(constant.toString(), constant));
        return new Choice<>(values, advice);
    }

    /** Returns the type of lists of at least one value without duplicates; one value may stand alone. */
    public static <T> Many<T> oneOrMore(ValueType<T> element) {
        return new Many<>(element);
    }

    /**
     * Returns the type of lists without duplicates, where a word stands for the empty list; one value may stand alone.
     */
    public static <T> ValueType<List<T>> anyOr(String word, ValueType<T> element) {
        return new Many.OrWord<>(word, new Many<>(element));
    }

    /** Returns the type of sections of values by name; the noun says what a value is, {@code family}. */
    public static <T> ValueType<Map<String, T>> named(String noun, ValueType<T> value) {
        return new NamedValues<>(
                value,
                "a section { NAME = %s }, %s: %s".formatted(noun, noun, value.allowed()),
                value.setterType().map("java.util.Map<String, %s>"::formatted),
                "");
    }

    /** A finite number in a range. */
    private record RealNumber(Range range) implements ValueType<Double> {

        @Override
        public ParamForm form() {
            return ParamForm.DOUBLE;
        }

        @Override
        public String allowed() {
            return range.text().isEmpty() ? "a number" : "a number " + range;
        }

        @Override
        public Double read(ConfigValue value) {
            String text = Found.scalar(value, allowed());
            try {
                return checked(Double.parseDouble(text), Found.show(value));
            } catch (NumberFormatException e) {
                throw MisfitException.of(Found.show(value), allowed());
            }
        }

        @Override
        public Double check(Double value) {
            return checked(value, value.toString());
        }

        private Double checked(double value, String shown) {
            if (!range.contains(value)) {
                throw MisfitException.of(shown, allowed());
            }
            return value;
        }
    }

    /**
     * A section of values by name, at least one: {@code { hour = 7, town = London }}.
     *
     * @param setterType see {@link ValueType#setterType}
     * @param expected what each value must be, for messages; empty: what the value's type says
     */
    private record NamedValues<T>(ValueType<T> element, String allowed, Optional<String> setterType, String expected)
            implements ValueType<Map<String, T>> {
        @Override
        public Map<String, T> read(ConfigValue value) {
            if (!(value instanceof ConfigObject section)) {
                throw MisfitException.of(Found.show(value), allowed());
            }
            Map<String, T> values = new LinkedHashMap<>();
            // The section has no order of its own.
            new TreeMap<>(section).forEach((name, given) -> values.put(name, read(name, given)));
            return check(values);
        }

        private T read(String name, ConfigValue given) {
            try {
                return element.read(given);
            } catch (MisfitException e) {
                String misfit = expected.isEmpty()
                        ? "that " + e.getMessage()
                        : "= %s, must be %s".formatted(Found.show(given), expected);
                String advice = given instanceof ConfigObject ? "; a name with dots needs quotes" : "";
                throw new MisfitException("has " + Hocon.text(name) + " " + misfit + advice);
            }
        }

        @Override
        public Map<String, T> check(Map<String, T> values) {
            if (values.isEmpty()) {
                throw MisfitException.of("an empty section", allowed());
            }
            values.values().forEach(element::check);
            return values;
        }

        @Override
        public Object plain(Map<String, T> values) {
            Map<String, Object> plain = new LinkedHashMap<>();
            values.forEach((name, value) -> plain.put(name, element.plain(value)));
            return plain;
        }
    }

    /** An integer within inclusive bounds. {@code 1e3} and {@code "10"} are integers, {@code 2.5} is not. */
    record WholeNumber<T extends Number>(long minimum, long maximum, boolean isLong) implements ValueType<T> {

        /** Creates the type of the integers in a range that a type of numbers can hold. */
        WholeNumber(Range range, boolean isLong) {
            this(
                    (long) Math.max(isLong ? Long.MIN_VALUE : Integer.MIN_VALUE, range.minimum()),
                    (long) Math.min(isLong ? Long.MAX_VALUE : Integer.MAX_VALUE, range.maximum()),
                    isLong);
        }

        @Override
        public ParamForm form() {
            return isLong ? ParamForm.LONG : ParamForm.INT;
        }

        @Override
        public String allowed() {
            if (minimum == Long.MIN_VALUE) {
                return "an integer of 64 bits";
            }
            return "an integer >= " + minimum + (isLimited() ? " and <= " + maximum : "");
        }

        private boolean isLimited() {
            return maximum < Integer.MAX_VALUE;
        }

        @Override
        @SuppressWarnings("unchecked") // T is Long if isLong, else Integer
        public T read(ConfigValue value) {
            String text = Found.scalar(value, allowed());
            BigInteger number;
            try {
                number = new BigDecimal(text).toBigIntegerExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw MisfitException.of(Found.show(value), allowed());
            }
            long bounded = bounded(number, Found.show(value));
            return (T) (isLong ? (Number) bounded : (Number) (int) bounded);
        }

        @Override
        public T check(T value) {
            bounded(BigInteger.valueOf(value.longValue()), value.toString());
            return value;
        }

        private long bounded(BigInteger number, String shown) {
            boolean large = number.compareTo(BigInteger.valueOf(maximum)) > 0;
            if (large || number.compareTo(BigInteger.valueOf(minimum)) < 0) {
                boolean showLimit = large && minimum > Long.MIN_VALUE && !isLimited();
                throw MisfitException.of(shown, showLimit ? allowed() + " and <= " + maximum : allowed());
            }
            return number.longValueExact();
        }
    }

    /**
     * A text.
     *
     * @param noun name of such a text in messages
     * @param pattern regular expression that the text must match
     */
    private record Text(String noun, String pattern) implements ValueType<String> {

        @Override
        public ParamForm form() {
            return ParamForm.STRING;
        }

        @Override
        public String allowed() {
            return noun;
        }

        @Override
        public String read(ConfigValue value) {
            return check(Found.scalar(value, allowed()));
        }

        @Override
        public String check(String value) {
            if (!value.matches(pattern)) {
                throw MisfitException.of(value.isEmpty() ? "empty" : Found.quote(value), allowed());
            }
            return value;
        }
    }
}
