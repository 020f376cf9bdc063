package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import io.github.sparklatent.settings.Range;

/** A finite number in a range. */
record RealNumber(Range range) implements ValueType<Double> {

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
