package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;

/** A text that is not empty. */
public record Text(String noun) implements ValueType<String> {

    @Override
    public ParamForm form() {
        return ParamForm.STRING;
    }

    @Override
    public String allowed() {
        return noun;
    }

    @Override
    public String read(ConfigValue value) {
        return check(Found.scalar(value, allowed()));
    }

    @Override
    public String check(String value) {
        if (value.isEmpty()) {
            throw MisfitException.of("empty", allowed());
        }
        return value;
    }
}
