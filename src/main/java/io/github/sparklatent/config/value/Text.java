package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;

/**
 * A text.
 *
 * @param noun name of such a text in messages
 * @param pattern regular expression that the text must match
 */
record Text(String noun, String pattern) implements ValueType<String> {

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
        if (!value.matches(pattern)) {
            throw MisfitException.of(value.isEmpty() ? "empty" : Found.quote(value), allowed());
        }
        return value;
    }
}
