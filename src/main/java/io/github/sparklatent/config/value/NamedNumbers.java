package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.settings.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A section of finite numbers by name, at least one: {@code { temperature = 20, hour = 7 }}. */
record NamedNumbers() implements ValueType<Map<String, Double>> {
    private static final ValueType<Double> NUMBER = new RealNumber(Range.of(""));

    @Override
    public Optional<String> setterType() {
        return Optional.of("java.util.Map<String, Double>");
    }

    @Override
    public String allowed() {
        return "a section of numbers by name: { NAME = 1.5 }";
    }

    @Override
    public Map<String, Double> read(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        // The section has no order of its own.
        new TreeMap<>(section)
                .forEach(
                        (name, number) -> {
                            if (!Found.isScalar(number) || !isNumber(Found.scalar(number))) {
                                throw new MisfitException(
                                        "has %s = %s, must be a finite number%s"
                                                .formatted(
                                                        Hocon.text(name),
                                                        Found.show(number),
                                                        number instanceof ConfigObject
                                                                ? "; a name with dots needs quotes"
                                                                : ""));
                            }
                            numbers.put(name, NUMBER.read(number));
                        });
        return check(numbers);
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public Map<String, Double> check(Map<String, Double> values) {
        if (values.isEmpty()) {
            throw MisfitException.of("an empty section", allowed());
        }
        return values;
    }
}
