package io.github.sparklatent.app.recognition;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.github.sparklatent.columns.TextFormat;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Separator and header of a CSV file, recognised in its first lines.
 *
 * <p>Separator: of {@code , ; tab |}, those that cut at least nine tenths of the lines into the same number of fields,
 * two or more. Of several, the one with the most fields. A comma that is only found within decimal numbers such as 1,5
 * is no separator.
 *
 * <p>Header: if a field of the first line is a number, a date, true, false or a mark of a missing value such as ?,
 * there is none. Else there is one if the lines below have numbers, dates, true or false in some column. If all columns
 * are texts, there is one unless a column has its first text again.
 *
 * @param separator text between two fields
 * @param header whether the first line has the names of the columns
 * @param because the reason for {@code header}, as a clause
 * @param comma whether numbers have a comma before their decimals
 * @param numbers number of columns if all of them are numbers
 */
record FirstLines(String separator, boolean header, String because, boolean comma, OptionalInt numbers) {
    /** The separators that are tried; the first of those with the most fields is chosen. */
    private static final List<String> SEPARATORS = List.of("\t", ";", "|", ",");

    /** Smallest share of the lines with the usual number of fields. */
    private static final double ALIKE = 0.9;

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|[-+]?(?i:inf|infinity)");

    private static final Pattern COMMA_NUMBER = Pattern.compile("[-+]?\\d+(,\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[-+]?\\d*,\\d+");

    private static final Pattern DATE =
            Pattern.compile("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([T ].*)?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}("
                    + " .*)?|\\d{1,2}:\\d{2}(:\\d{2})?(\\.\\d+)?");

    private static final Set<String> TRUTHS = Set.of("true", "false");
    private static final Set<String> MISSING = Set.of("?", "na", "nan", "null", "none", "n/a", "-");

    /**
     * Looks at lines.
     *
     * @param text complete lines, at least one that is not blank
     * @param given separator, if it is known
     */
    static FirstLines of(String text, Optional<String> given) {
        String separator = given.orElseGet(() -> separator(text));
        List<String[]> rows = rows(text, separator);
        boolean comma = !separator.equals(",") && hasDecimalComma(rows);
        Predicate<String> isNumber = value -> isNumber(value, comma);
        Header header =
                Header.of(rows, isNumber.or(value -> DATE.matcher(value).matches() || TRUTHS.contains(lower(value))));
        List<String[]> below = rows.subList(header.isThere() ? 1 : 0, rows.size());
        int width = width(rows);
        boolean numeric =
                !below.isEmpty() && IntStream.range(0, width).allMatch(column -> holds(below, column, isNumber));
        return new FirstLines(
                separator,
                header.isThere(),
                header.because(),
                comma,
                numeric ? OptionalInt.of(width) : OptionalInt.empty());
    }

    private static String separator(String text) {
        Map<String, List<String[]>> fitting =
                SEPARATORS.stream().collect(Collectors.toMap(Function.identity(), s -> rows(text, s)));
        fitting.values().removeIf(rows -> width(rows) < 2 || alike(rows) < ALIKE);
        boolean onlyDecimals =
                fitting.entrySet().stream().anyMatch(e -> !e.getKey().equals(",") && hasDecimalComma(e.getValue()));
        if (onlyDecimals) {
            fitting.remove(",");
        }
        return SEPARATORS.stream()
                .filter(fitting::containsKey)
                .reduce((one, other) -> width(fitting.get(other)) > width(fitting.get(one)) ? other : one)
                .orElse(",");
    }

    /** Returns the rows; with the line breaks in quoted texts, unless rows have different numbers of fields then. */
    private static List<String[]> rows(String text, String separator) {
        List<String[]> whole = parse(text, separator);
        return alike(whole) >= ALIKE
                ? whole
                : text.lines().flatMap(line -> parse(line, separator).stream()).toList();
    }

    private static List<String[]> parse(String text, String separator) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(separator);
        settings.getFormat().setQuoteEscape('"');
        settings.getFormat().setComment('\0');
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(TextFormat.MAX_COLUMNS);
        settings.setNullValue("");
        settings.setEmptyValue("");
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_DELIMITER);
        try {
            return new CsvParser(settings).parseAll(new StringReader(text));
        } catch (TextParsingException e) { // more columns than Spark reads
            return List.of();
        }
    }

    /** Returns the usual number of fields. */
    private static int width(List<String[]> rows) {
        return counts(rows).entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static double alike(List<String[]> rows) {
        return rows.isEmpty() ? 0 : (double) Collections.max(counts(rows).values()) / rows.size();
    }

    private static Map<Integer, Long> counts(List<String[]> rows) {
        return rows.stream().collect(Collectors.groupingBy(row -> row.length, Collectors.counting()));
    }

    private static boolean isNumber(String value, boolean comma) {
        return NUMBER.matcher(comma ? value.replace(',', '.') : value).matches();
    }

    private static boolean isMissing(String value) {
        return value.isEmpty() || MISSING.contains(lower(value));
    }

    private static String lower(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    /** Returns whether some column has numbers with a comma, and none has a decimal point. */
    private static boolean hasDecimalComma(List<String[]> rows) {
        List<String[]> below = rows.subList(Math.min(1, rows.size() - 1), rows.size());
        Predicate<String> comma = value -> COMMA_NUMBER.matcher(value).matches();
        boolean found = IntStream.range(0, width(rows))
                .anyMatch(column -> holds(below, column, comma)
                        && values(below, column).anyMatch(v -> COMMA.matcher(v).matches()));
        return found
                && rows.stream()
                        .flatMap(Arrays::stream)
                        .noneMatch(v -> v.indexOf('.') >= 0 && NUMBER.matcher(v).matches());
    }

    /** Returns whether a column has values, and a test holds for all of them. */
    private static boolean holds(List<String[]> rows, int column, Predicate<String> test) {
        return values(rows, column).findAny().isPresent()
                && values(rows, column).allMatch(test);
    }

    /** Returns the values of a column that are not missing. */
    private static Stream<String> values(List<String[]> rows, int column) {
        return rows.stream()
                .filter(row -> row.length > column)
                .map(row -> row[column])
                .filter(value -> !isMissing(value));
    }

    /** Whether the first line is a header, and why. */
    private record Header(boolean isThere, String because) {
        static Header of(List<String[]> rows, Predicate<String> typed) {
            String[] first = rows.get(0);
            Optional<String> value = Arrays.stream(first)
                    .filter(v -> typed.test(v) || !v.isEmpty() && isMissing(v))
                    .findFirst();
            if (value.isPresent()) {
                return new Header(false, "its first line has the value " + value.get());
            }
            List<String[]> below = rows.subList(1, rows.size());
            OptionalInt column = IntStream.range(0, first.length)
                    .filter(i -> holds(below, i, typed))
                    .findFirst();
            if (column.isPresent()) {
                return new Header(
                        true,
                        "\"%s\" stands above values such as %s"
                                .formatted(
                                        first[column.getAsInt()],
                                        values(below, column.getAsInt())
                                                .findFirst()
                                                .orElse("")));
            }
            return IntStream.range(0, first.length)
                    .filter(i -> isRepeated(below, i, first[i]))
                    .mapToObj(i -> "the text \"" + first[i] + "\" of its first line returns")
                    .findFirst()
                    .map(because -> new Header(false, because))
                    .orElse(new Header(true, "no text of its first line returns in its column"));
        }

        private static boolean isRepeated(List<String[]> rows, int column, String text) {
            return !text.isEmpty()
                    && values(rows, column)
                            .collect(Collectors.toCollection(HashSet::new))
                            .contains(text);
        }
    }
}
