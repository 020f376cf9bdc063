package io.github.sparklatent.app.config;

import com.typesafe.config.ConfigValue;

/** A finite number, at least {@code minimum} and below {@code limit}. */
record RealNumber(double minimum, double limit) implements Kind<Double> {

    @Override
    public String allowed() {
        String from = "a number >= " + Hocon.number(minimum);
        return limit < Double.POSITIVE_INFINITY ? from + " and < " + Hocon.number(limit) : from;
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
        boolean inRange = value >= minimum && value < limit; // NaN and infinity fail both
        if (!inRange) {
            throw MisfitException.of(shown, allowed());
        }
        return value;
    }
}
