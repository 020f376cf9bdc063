package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A section of values by name, at least one: {@code { hour = 7, town = London }}.
 *
 * @param setterType see {@link ValueType#setterType}
 * @param expected what each value must be, for messages; empty: what the value's type says
 */
record NamedValues<T>(ValueType<T> element, String allowed, Optional<String> setterType, String expected)
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
