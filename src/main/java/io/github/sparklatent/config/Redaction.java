package io.github.sparklatent.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Hides the credentials in what is printed, logged or saved: {@code user:password@host} in paths,
 * and values of parameters with names such as password or token.
 */
public final class Redaction {
    private static final String HIDDEN = "$1*********";

    /** A number before a slash is a port, not a password. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(//[^/:@\\s\"]*:)(?!\\d+/)[^@\\s\"]+(?=@)");

    /** Query parameters of URLs, and options of Spark in messages. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)((?:[?&;]sig|[\\w.-]*(?:secret|passw(?:or)?d|token|access[._-]?key)[\\w.-]*)"
                        + "\\s?=\\s?)[^&\\s\"',;]+");

    private Redaction() {}

    /** Returns a text without credentials. */
    public static String of(String text) {
        return NAMED.matcher(AUTHORITY.matcher(text).replaceAll(HIDDEN)).replaceAll(HIDDEN);
    }

    /** Returns a plain value of a configuration without credentials. */
    static Object ofPlain(Object value) {
        return value instanceof String text
                ? of(text)
                : value instanceof List<?> list
                        ? list.stream().map(Redaction::ofPlain).toList()
                        : value;
    }
}
