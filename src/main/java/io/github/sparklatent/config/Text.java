package io.github.sparklatent.config;

import com.typesafe.config.ConfigValue;

/** A text that is not empty. */
record Text(String noun) implements Kind<String> {

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
