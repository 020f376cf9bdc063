package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/** Values as a message shows them, and as the kinds read them. */
public final class Found {
    /** Longer texts are cut: a message is one line. */
    private static final int LONGEST = 60;

    private Found() {}

    /** The value for a sentence: {@code -1}, {@code "ful"}, {@code a list}, {@code a section}. */
    public static String show(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a section";
            case LIST -> "a list";
            case NULL -> "null";
            case STRING -> quote(scalar(value));
            case NUMBER, BOOLEAN -> scalar(value);
        };
    }

    public static String quote(String text) {
        String line = oneLine(text.replace("\n", "\\n").replace("\t", "\\t"));
        return '"' + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line) + '"';
    }

    /** The text without line ends and other characters that a terminal would act on. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    }

    public static boolean isScalar(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case OBJECT, LIST, NULL -> false;
        };
    }

    /** The text of a scalar as it was written: {@code 007} stays {@code 007}. */
    public static String scalar(ConfigValue value) {
        return value.atKey("value").getString("value");
    }

    /**
     * The text of a scalar.
     *
     * @throws MisfitException if it is a list, a section or null
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
