package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.List;

/** A list of any texts. The list and the texts may be empty. */
public record AnyTexts() implements ValueType<List<String>> {

    @Override
    public String allowed() {
        return "a text, or a list of texts";
    }

    @Override
    public List<String> read(ConfigValue value) {
        return Found.isList(value)
                ? ((ConfigList) value)
                        .stream()
                                .map(element -> Found.scalar(element, "a text"))
                                .toList()
                : List.of(Found.scalar(value, allowed()));
    }

    @Override
    public List<String> check(List<String> values) {
        return List.copyOf(values);
    }
}
