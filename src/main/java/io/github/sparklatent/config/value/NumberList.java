package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.settings.Range;
import java.util.List;

/** A list of two or more numbers in a range. */
record NumberList(RealNumber element) implements ValueType<List<Double>> {

    NumberList(Range range) {
        this(new RealNumber(range));
    }

    @Override
    public ParamForm form() {
        return ParamForm.DOUBLES;
    }

    @Override
    public String allowed() {
        return "a list of two or more numbers " + element.range();
    }

    @Override
    public List<Double> read(ConfigValue value) {
        if (!Found.isList(value)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        return check(((ConfigList) value).stream().map(this::number).toList());
    }

    private Double number(ConfigValue value) {
        try {
            return element.read(value);
        } catch (MisfitException e) {
            throw new MisfitException("has an element that " + e.getMessage());
        }
    }

    @Override
    public List<Double> check(List<Double> numbers) {
        if (numbers.size() < 2) {
            throw MisfitException.of("a list of " + numbers.size(), allowed());
        }
        numbers.forEach(element::check);
        return List.copyOf(numbers);
    }
}
