package io.github.sparklatent.columns;

import io.github.sparklatent.learn.DataException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of a table's columns as objects of Java, converted as Spark converts its own. */
public final class Cells {
    private static final int MICROSECONDS = 6;

    /** Spark's form: decimals of the seconds without zeros at their end. */
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, MICROSECONDS, true)
            .toFormatter();

    private static final Pattern DECIMAL = Pattern.compile("\"decimal\\(\\d+,(-?\\d+)\\)\"");

    private Cells() {}

    /**
     * Returns the value that an encoder reads.
     *
     * @param cell a text, a number, a boolean, a date or a time of {@code java.time} or {@code java.sql}, an array or a
     *     list of numbers; null if it is missing
     * @throws DataException if the column cannot have such a value
     */
    public static Object toRead(ColumnEncoder encoder, Object cell) {
        if (cell == null) {
            return null;
        }
        if (encoder instanceof ArrayEncoder) {
            return require(encoder, cell, numbers(cell), "an array or a list of numbers");
        }
        if (cell instanceof String) {
            return cell;
        }
        if (encoder instanceof NumberEncoder) {
            return require(encoder, cell, number(cell), "a number, a boolean or a text");
        }
        boolean isNumber = number(cell) != null;
        return require(
                encoder,
                cell,
                encoder instanceof DateEncoder && isNumber ? null : text(cell, zone(encoder)),
                encoder instanceof DateEncoder
                        ? "a date, a time or a text like 2024-01-31"
                        : "a text, a number, a boolean or a date");
    }

    private static Object require(ColumnEncoder encoder, Object cell, Object value, String expected) {
        if (value == null) {
            throw new DataException("column \"%s\" has a %s, expected %s"
                    .formatted(encoder.column(), cell.getClass().getName(), expected));
        }
        return value;
    }

    /** Returns a number or a boolean as a double; null if the cell is neither. */
    public static Double number(Object cell) {
        return cell instanceof Number number
                ? (Double) number.doubleValue()
                : cell instanceof Boolean flag ? (Double) (flag ? 1.0 : 0.0) : null;
    }

    /** Returns an array or a list of numbers as doubles, NaN for null; null if the cell is neither. */
    public static double[] numbers(Object cell) {
        if (cell instanceof double[] numbers) {
            return numbers;
        }
        if (cell instanceof float[] numbers) {
            double[] doubles = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                doubles[i] = numbers[i];
            }
            return doubles;
        }
        if (cell instanceof List<?> list && list.stream().allMatch(one -> one == null || number(one) != null)) {
            return list.stream()
                    .mapToDouble(one -> one == null ? Double.NaN : number(one))
                    .toArray();
        }
        return null;
    }

    /**
     * Returns a value as Spark's cast writes it; null if it has no text.
     *
     * @param zone time zone of moments; null: that of the process
     */
    public static String text(Object cell, String zone) {
        if (cell instanceof double[] numbers) {
            return Arrays.toString(numbers);
        }
        if (cell instanceof float[] numbers) {
            return Arrays.toString(numbers);
        }
        if (cell instanceof String || cell instanceof Boolean || cell instanceof LocalDate || cell instanceof List<?>) {
            return cell.toString();
        }
        if (cell instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (cell instanceof Number) {
            return cell.toString();
        }
        if (cell instanceof java.sql.Timestamp moment) {
            return moment(moment.toInstant(), zone);
        }
        if (cell instanceof java.sql.Date date) {
            return date.toLocalDate().toString();
        }
        if (cell instanceof java.util.Date moment) {
            return moment(moment.toInstant(), zone);
        }
        if (cell instanceof Instant moment) {
            return moment(moment, zone);
        }
        if (cell instanceof ZonedDateTime moment) {
            return moment(moment.toInstant(), zone);
        }
        if (cell instanceof OffsetDateTime moment) {
            return moment(moment.toInstant(), zone);
        }
        return cell instanceof LocalDateTime time ? TIMESTAMP.format(time) : null;
    }

    private static String moment(Instant moment, String zone) {
        return TIMESTAMP.format(
                LocalDateTime.ofInstant(moment, zone == null ? ZoneId.systemDefault() : ZoneId.of(zone)));
    }

    /** Returns the time zone of a column's moments; null: it has none. */
    public static String zone(ColumnEncoder encoder) {
        return encoder instanceof CategoryEncoder category
                ? category.zone()
                : encoder instanceof DateEncoder date ? date.zone() : null;
    }

    /**
     * Returns a decoded value as Spark's cast to the type of its column gives it: a number or a boolean of Java, a date
     * as text, an array of doubles.
     */
    public static Object written(ColumnEncoder encoder, Object decoded) {
        if (decoded instanceof Double number) {
            return number(encoder.writtenAs(), number);
        }
        return decoded instanceof String text && encoder.writtenAs().equals("\"boolean\"")
                ? (Object) Boolean.valueOf(text)
                : decoded;
    }

    private static Object number(String type, Double number) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return BigDecimal.valueOf(number).setScale(Integer.parseInt(decimal.group(1)), RoundingMode.HALF_UP);
        }
        return switch (type) {
            case "\"byte\"" -> number.byteValue();
            case "\"short\"" -> number.shortValue();
            case "\"integer\"" -> number.intValue();
            case "\"long\"" -> number.longValue();
            case "\"float\"" -> number.floatValue();
            default -> number;
        };
    }
}
