package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;

/** A section of options by name: {@code { encoding = windows-1252, multiLine = true }}. */
public record ReaderOptions() implements ValueType<Map<String, String>> {

    @Override
    public String allowed() {
        return "a section of options by name: { encoding = windows-1252 }";
    }

    @Override
    public Map<String, String> read(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        Map<String, String> options = new TreeMap<>();
        section.forEach((name, found) -> options.put(name, Found.scalar(found, "a text, a number or true or false")));
        return options;
    }

    @Override
    public Map<String, String> check(Map<String, String> values) {
        return values;
    }

    @Override
    public Object plain(Map<String, String> values) {
        return new TreeMap<>(values);
    }
}
