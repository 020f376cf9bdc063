package io.github.sparklatent.app.console;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Explains Spark's error of a CSV file whose header differs from the columns that were read. */
final class CsvHeader {
    private static final Pattern ERROR = Pattern.compile(
            "CSV header does not conform to the schema.*?Header: (?<header>[^\\n]*)"
                    + ".*?Expected: (?<expected>.*?) but found: (?<found>[^\\n]*)"
                    + ".*?CSV file: (?<file>[^\\n]*)",
            Pattern.DOTALL);

    private CsvHeader() {}

    /**
     * Returns a sentence about the error.
     *
     * @param message a message of Spark
     * @return empty if it is about something else
     */
    static Optional<String> sentence(String message) {
        Matcher error = ERROR.matcher(message);
        if (!error.find()) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>();
        String file = error.group("file").strip();
        return Stream.of(error.group("header").split(","))
                .map(String::strip)
                .filter(name -> !seen.add(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name ->
                        "the header of %s has \"%s\" twice, expected different names; rename a column, or set data.header = false if the first line is a row"
                                .formatted(file, name))
                .or(() -> Optional.of(
                        "the header of %s has \"%s\" in place of \"%s\", expected the columns of data.schema, or of the first file, in the same order"
                                .formatted(
                                        file,
                                        error.group("found").strip(),
                                        error.group("expected").strip())));
    }
}
