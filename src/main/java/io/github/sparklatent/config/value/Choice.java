package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import io.github.sparklatent.cluster.table.NearestName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The type of a setting that has one of a few named values.
 *
 * @param advice what to do instead of some other values that people expect, by value
 */
public record Choice<T>(Map<String, T> values, Map<String, String> advice) implements ValueType<T> {
    public Choice {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // keeps the order for messages
    }

    @Override
    public ParamForm form() {
        return values.containsValue(true) ? ParamForm.BOOLEAN : ParamForm.STRING;
    }

    @Override
    public Optional<String> setterType() {
        return values.values().stream()
                .filter(Enum.class::isInstance)
                .map(constant -> ((Enum<?>) constant).getDeclaringClass().getCanonicalName())
                .findFirst();
    }

    @Override
    public String allowed() {
        String names = String.join(", ", values.keySet());
        return switch (values.size()) {
            case 1 -> names;
            case 2 -> names.replace(", ", " or ");
            default -> "one of " + names;
        };
    }

    @Override
    public T read(ConfigValue value) {
        String name = Found.scalar(value, allowed());
        T found = values.get(name);
        if (found == null) {
            String hint = advice.containsKey(name) ? "; " + advice.get(name) : NearestName.hint(name, values.keySet());
            throw MisfitException.of(Found.show(value), allowed() + hint);
        }
        return found;
    }

    @Override
    public T check(T value) {
        if (!values.containsValue(value)) {
            throw MisfitException.of(Found.quote(String.valueOf(value)), allowed());
        }
        return value;
    }

    @Override
    public Object plain(T value) {
        return value instanceof Boolean ? value : nameOf(value);
    }

    private String nameOf(T value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(value + " is none of " + values.keySet()));
    }
}
