package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import io.github.sparklatent.settings.Range;
import java.math.BigDecimal;
import java.math.BigInteger;

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
