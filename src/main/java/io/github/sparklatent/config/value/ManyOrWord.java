package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Optional;

/** A list of at least one value, or a word, whose value is an empty list. */
record ManyOrWord<T>(String word, ValueType<List<T>> list) implements ValueType<List<T>> {

    @Override
    public ParamForm form() {
        return ParamForm.COUNTS;
    }

    @Override
    public Optional<String> setterType() {
        return Optional.of("int...");
    }

    @Override
    public String allowed() {
        return list.allowed() + ", or " + word;
    }

    @Override
    public List<T> read(ConfigValue value) {
        if (Found.isScalar(value) && Found.scalar(value).equals(word)) {
            return List.of();
        }
        try {
            return list.read(value);
        } catch (MisfitException e) {
            throw new MisfitException(
                    e.getMessage().endsWith(list.allowed())
                            ? e.getMessage() + ", or " + word
                            : e.getMessage());
        }
    }

    @Override
    public List<T> check(List<T> values) {
        return values.isEmpty() ? values : list.check(values);
    }

    @Override
    public Object plain(List<T> values) {
        return values.isEmpty() ? word : list.plain(values);
    }
}
