package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;

/**
 * A finite number from {@code minimum} to below {@code limit}.
 *
 * @param above whether the minimum is excluded
 */
record RealNumber(double minimum, boolean above, double limit) implements ValueType<Double> {

    @Override
    public ParamForm form() {
        return ParamForm.DOUBLE;
    }

    @Override
    public String allowed() {
        if (minimum == Double.NEGATIVE_INFINITY) {
            return "a number";
        }
        String from = (above ? "a number > " : "a number >= ") + Hocon.number(minimum);
        if (limit == Double.POSITIVE_INFINITY) {
            return from;
        }
        double most = Math.nextDown(limit);
        // A limit just above a short number, such as 1.0000000000000002, includes this number.
        boolean included = Double.toString(most).length() < Double.toString(limit).length();
        return from
                + (included ? " and <= " + Hocon.number(most) : " and < " + Hocon.number(limit));
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
        // NaN and infinity fail.
        boolean inRange = (above ? value > minimum : value >= minimum) && value < limit;
        if (!inRange) {
            throw MisfitException.of(shown, allowed());
        }
        return value;
    }
}
