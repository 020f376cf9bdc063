package io.github.sparklatent.config;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with a configuration, as a sentence with its place.
 *
 * @param place the file as it was named, {@code --set}, or an environment variable
 * @param line the line in the file, from 1; 0 where there is none
 * @param sentence what was found and what is allowed, beginning with the key
 */
public record Problem(String place, int line, String sentence) {

    /** Files and other places by name, then from the first line to the last. */
    static final Comparator<Problem> IN_READING_ORDER =
            Comparator.comparing(Problem::place)
                    .thenComparingInt(Problem::line)
                    .thenComparing(Problem::sentence);

    /** What the library appends to the description of an origin. */
    private static final Pattern LINE = Pattern.compile(": \\d+(-\\d+)?$");

    public static Problem at(ConfigOrigin origin, String sentence) {
        String file = origin.filename();
        return file == null
                ? new Problem(LINE.matcher(origin.description()).replaceFirst(""), 0, sentence)
                : new Problem(file, Math.max(origin.lineNumber(), 0), sentence);
    }

    /** The place without the sentence: {@code conf/digits.conf:3}. */
    String where() {
        return line > 0 ? place + ":" + line : place;
    }

    @Override
    public String toString() {
        return where() + ": " + sentence;
    }
}
