package io.github.sparklatent.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the credentials in what is printed, logged or saved: {@code user:password@host} in paths, and values of
 * parameters with names such as password or token. The time is linear in the length of a text: no pattern starts again
 * within what another start has read.
 */
public final class Redaction {
    private static final String HIDDEN = "*********";

    /** The part of a URL before a password. A number before a slash is a port, not a password. */
    private static final Pattern USER = Pattern.compile("//[^/:@\\s\"]*+:(?!\\d++/)");

    /** The end of a password: of these, only the at sign shows that there was one. */
    private static final Pattern END = Pattern.compile("[@\\s\"]");

    /** A name and the sign of equality: a query parameter of a URL, or an option of Spark. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.-])[\\w.-]++\\s?=\\s?");

    private static final Pattern SECRET = Pattern.compile("(?i)secret|passw(?:or)?d|token|access[._-]?key");

    private static final Pattern SIGNATURE = Pattern.compile("(?i)sig\\s?=\\s?");
    private static final Pattern VALUE = Pattern.compile("[^&\\s\"',;]++");

    private Redaction() {}

    /** Returns a text without credentials. */
    public static String of(String text) {
        return withoutValues(withoutPasswords(text));
    }

    private static String withoutPasswords(String text) {
        StringBuilder shown = new StringBuilder();
        Matcher user = USER.matcher(text);
        Matcher end = END.matcher(text);
        int copied = 0;
        int stop = -1; // of the characters that end a password, the first after the user
        while (stop < text.length() && user.find()) {
            if (stop < user.end()) {
                stop = end.find(user.end()) ? end.start() : text.length();
            }
            boolean isPassword = stop > user.end() && stop < text.length();
            if (user.start() >= copied && isPassword && text.charAt(stop) == '@') {
                shown.append(text, copied, user.end()).append(HIDDEN);
                copied = stop;
            }
        }
        return shown.append(text, copied, text.length()).toString();
    }

    private static String withoutValues(String text) {
        StringBuilder shown = new StringBuilder();
        Matcher name = NAME.matcher(text);
        Matcher value = VALUE.matcher(text);
        int copied = 0;
        int from = 0;
        while (name.find(from)) {
            from = name.end();
            if (isSecret(text, name) && value.region(from, text.length()).lookingAt()) {
                shown.append(text, copied, from).append(HIDDEN);
                copied = value.end();
                from = copied;
            }
        }
        return shown.append(text, copied, text.length()).toString();
    }

    private static boolean isSecret(String text, Matcher name) {
        boolean isParameter = name.start() > 0 && "?&;".indexOf(text.charAt(name.start() - 1)) >= 0;
        return SECRET.matcher(name.group()).find()
                || isParameter && SIGNATURE.matcher(name.group()).matches();
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
