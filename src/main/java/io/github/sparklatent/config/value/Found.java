package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/** Shows and reads values of a configuration. */
public final class Found {
    /** Longer texts are shortened, so that a message is one line. */
    private static final int MAX_LENGTH = 60;

    private Found() {}

    /** Returns a value for a message: {@code -1}, {@code "ful"}, {@code a list}, {@code a section}. */
    public static String show(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a section";
            case LIST -> "a list";
            case NULL -> "null";
            case STRING -> quote(scalar(value));
            case NUMBER, BOOLEAN -> scalar(value);
        };
    }

    /** Returns a text in quotes, in one line of limited length. */
    public static String quote(String text) {
        String line = oneLine(text.replace("\n", "\\n").replace("\t", "\\t"));
        return '"' + (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line) + '"';
    }

    /** Returns the text without line ends and control characters. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    }

    /** Returns whether the value is a string, a number or a boolean. */
    public static boolean isScalar(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case OBJECT, LIST, NULL -> false;
        };
    }

    /** Returns the text of a scalar as it was written: {@code 007} stays {@code 007}. */
    public static String scalar(ConfigValue value) {
        return value.atKey("value").getString("value");
    }

    /**
     * Returns the text of a scalar.
     *
     * @param allowed the allowed values, for the message
     * @throws MisfitException if the value is a list, a section or null
     */
    public static String scalar(ConfigValue value, String allowed) {
        if (!isScalar(value)) {
            throw MisfitException.of(show(value), allowed);
        }
        return scalar(value);
    }

    public static boolean isList(ConfigValue value) {
        return value.valueType() == ConfigValueType.LIST;
    }
}
