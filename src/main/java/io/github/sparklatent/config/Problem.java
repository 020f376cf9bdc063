package io.github.sparklatent.config;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence about an error in a configuration, with its place.
 *
 * @param place the file as the user wrote it, {@code --set}, or an environment variable
 * @param line number of the line in the file, from 1; 0 if there is none
 * @param sentence sentence that names the value found and the allowed values, beginning with the key
 */
public record Problem(String place, int line, String sentence) {

    /** Order by place, then by line. */
    static final Comparator<Problem> IN_READING_ORDER =
            Comparator.comparing(Problem::place).thenComparingInt(Problem::line).thenComparing(Problem::sentence);

    /** Suffix that the library appends to the description of an origin. */
    private static final Pattern LINE = Pattern.compile(": \\d+(-\\d+)?$");

    /** Returns a problem at the place of a value. */
    public static Problem at(ConfigOrigin origin, String sentence) {
        String file = origin.filename();
        return file == null
                ? new Problem(LINE.matcher(origin.description()).replaceFirst(""), 0, sentence)
                : new Problem(file, Math.max(origin.lineNumber(), 0), sentence);
    }

    /**
     * Requires that there are no problems.
     *
     * @throws IllegalArgumentException if there are some; the message has all of them
     */
    public static void requireNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }

    /** Returns the place: {@code conf/digits.conf:3}. */
    String where() {
        return line > 0 ? place + ":" + line : place;
    }

    @Override
    public String toString() {
        return where() + ": " + sentence;
    }
}
