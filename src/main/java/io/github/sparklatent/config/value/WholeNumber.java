package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongFunction;

/**
 * An integer within inclusive bounds. {@code 1e3} and {@code "10"} are integers, {@code 2.5} is
 * not.
 */
record WholeNumber<T extends Number>(long minimum, long maximum, LongFunction<T> narrow)
        implements ValueType<T> {

    @Override
    public ParamForm form() {
        return maximum > Integer.MAX_VALUE ? ParamForm.LONG : ParamForm.INT;
    }

    @Override
    public String allowed() {
        if (minimum == Long.MIN_VALUE) {
            return "an integer of 64 bits";
        }
        boolean limited = maximum < Integer.MAX_VALUE;
        return "an integer >= " + minimum + (limited ? " and <= " + maximum : "");
    }

    @Override
    public T read(ConfigValue value) {
        String text = Found.scalar(value, allowed());
        BigInteger number;
        try {
            number = new BigDecimal(text).toBigIntegerExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        return narrow.apply(bounded(number, Found.show(value)));
    }

    @Override
    public T check(T value) {
        bounded(BigInteger.valueOf(value.longValue()), value.toString());
        return value;
    }

    private long bounded(BigInteger number, String shown) {
        boolean large = number.compareTo(BigInteger.valueOf(maximum)) > 0;
        if (large || number.compareTo(BigInteger.valueOf(minimum)) < 0) {
            boolean showLimit = large && minimum > Long.MIN_VALUE;
            throw MisfitException.of(
                    shown, showLimit ? allowed() + " and <= " + maximum : allowed());
        }
        return number.longValueExact();
    }
}
