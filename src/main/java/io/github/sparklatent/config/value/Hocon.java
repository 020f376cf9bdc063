package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes plain values as HOCON. */
public final class Hocon {
    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "include");

    private Hocon() {}

    /**
     * Returns a number, a boolean, a string (quoted if necessary), a section of these, or a list as HOCON. A list of
     * one element has no brackets.
     */
    public static String text(Object plain) {
        if (plain instanceof List<?> list) {
            return list.size() == 1
                    ? text(list.get(0))
                    : list.stream().map(Hocon::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (plain instanceof Map<?, ?> section) {
            return section.entrySet().stream()
                    .map(entry -> entry.getKey() + " = " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (plain instanceof Double number) {
            return number(number);
        }
        if (plain instanceof String string) {
            boolean bare = BARE.matcher(string).matches() && !RESERVED.contains(string);
            return bare ? string : ConfigUtil.quoteString(string);
        }
        return plain.toString();
    }

    /** Returns the shortest text of a number: {@code 0} for 0.0, {@code 1e-4} for 1.0E-4. */
    public static String number(double value) {
        return Double.toString(value).replace("E", "e").replaceFirst("\\.0(?=$|e)", "");
    }
}
