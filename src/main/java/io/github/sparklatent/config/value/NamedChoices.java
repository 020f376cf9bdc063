package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A section of named values by name, at least one: {@code { rings = poisson }}.
 *
 * @param noun what a value is, e.g. {@code family}
 * @param choice the values
 */
record NamedChoices<T>(String noun, ValueType<T> choice) implements ValueType<Map<String, T>> {
    @Override
    public Optional<String> setterType() {
        return choice.setterType().map("java.util.Map<String, %s>"::formatted);
    }

    @Override
    public String allowed() {
        return "a section { NAME = %s }, %s: %s".formatted(noun, noun, choice.allowed());
    }

    @Override
    public Map<String, T> read(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        Map<String, T> values = new LinkedHashMap<>();
        // The section has no order of its own.
        new TreeMap<>(section)
                .forEach(
                        (name, text) -> {
                            try {
                                values.put(name, choice.read(text));
                            } catch (MisfitException e) {
                                throw new MisfitException(
                                        "has %s that %s%s"
                                                .formatted(
                                                        Hocon.text(name),
                                                        e.getMessage(),
                                                        text instanceof ConfigObject
                                                                ? "; a name with dots needs quotes"
                                                                : ""));
                            }
                        });
        return check(values);
    }

    @Override
    public Map<String, T> check(Map<String, T> values) {
        if (values.isEmpty()) {
            throw MisfitException.of("an empty section", allowed());
        }
        values.values().forEach(choice::check);
        return values;
    }

    @Override
    public Object plain(Map<String, T> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, choice.plain(value)));
        return plain;
    }
}
