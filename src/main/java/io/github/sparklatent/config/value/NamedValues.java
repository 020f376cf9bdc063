package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A section of numbers and texts by name, at least one: {@code { hour = 7, town = London }}. */
record NamedValues() implements ValueType<Map<String, String>> {

    @Override
    public String allowed() {
        return "a section of numbers and texts by name: { NAME = 1.5 }";
    }

    @Override
    public Map<String, String> read(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        Map<String, String> values = new LinkedHashMap<>();
        // The section has no order of its own.
        new TreeMap<>(section)
                .forEach(
                        (name, given) -> {
                            if (!Found.isScalar(given)) {
                                throw new MisfitException(
                                        "has %s = %s, must be a number or a text%s"
                                                .formatted(
                                                        Hocon.text(name),
                                                        Found.show(given),
                                                        given instanceof ConfigObject
                                                                ? "; a name with dots needs quotes"
                                                                : ""));
                            }
                            values.put(name, Found.scalar(given));
                        });
        return check(values);
    }

    @Override
    public Map<String, String> check(Map<String, String> values) {
        if (values.isEmpty()) {
            throw MisfitException.of("an empty section", allowed());
        }
        return values;
    }
}
