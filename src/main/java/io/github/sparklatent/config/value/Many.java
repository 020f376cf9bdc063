package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A list of at least one value without duplicates. A single value is read as a list of one. */
record Many<T>(ValueType<T> element) implements ValueType<List<T>> {
    @Override
    public ParamForm form() {
        return switch (element.form()) {
            case INT -> ParamForm.INTS;
            case STRING -> ParamForm.TEXTS;
            default -> ParamForm.STRINGS;
        };
    }

    @Override
    public String allowed() {
        return element.allowed() + ", or a list of these";
    }

    @Override
    public List<T> read(ConfigValue value) {
        if (!Found.isList(value)) {
            return List.of(readAlone(value));
        }
        return check(((ConfigList) value).stream().map(this::readElement).toList());
    }

    @Override
    public List<T> check(List<T> values) {
        if (values.isEmpty()) {
            throw MisfitException.of("an empty list", allowed());
        }
        Set<T> seen = new HashSet<>();
        for (T value : values) {
            element.check(value);
            if (!seen.add(value)) {
                throw new MisfitException("names " + Hocon.text(element.plain(value)) + " twice, must name each once");
            }
        }
        return List.copyOf(values);
    }

    @Override
    public Object plain(List<T> values) {
        return values.stream().map(element::plain).toList();
    }

    private T readAlone(ConfigValue value) {
        if (!Found.isScalar(value)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        return element.read(value);
    }

    private T readElement(ConfigValue value) {
        try {
            return element.read(value);
        } catch (MisfitException e) {
            throw new MisfitException("has an element that " + e.getMessage());
        }
    }

    /** A list of at least one value, or a word, whose value is an empty list. */
    record OrWord<T>(String word, ValueType<List<T>> list) implements ValueType<List<T>> {

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
            if (Found.isScalar(value) && Found.scalar(value).matches("[a-zA-Z]*")) {
                throw MisfitException.of(Found.show(value), allowed()); // perhaps another word was meant
            }
            try {
                return list.read(value);
            } catch (MisfitException e) {
                throw new MisfitException(
                        e.getMessage().endsWith(list.allowed()) ? e.getMessage() + ", or " + word : e.getMessage());
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
}
