package io.github.sparklatent.columns;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Reads and writes ISO dates and timestamps as days since 1970-01-01. A time without an offset is read as it is
 * written; a time with an offset is converted to UTC.
 */
public final class DateText {
    private static final int DATE_LENGTH = 10;
    private static final double SECONDS = 86_400;
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private DateText() {}

    /**
     * Returns the days of a date or a timestamp, with fractions of a day.
     *
     * @return NaN if the text is neither
     */
    public static double days(String text) {
        if (!isDate(text)) {
            return Double.NaN;
        }
        try {
            if (text.length() == DATE_LENGTH) {
                return date(text).toEpochDay();
            }
            char separator = text.charAt(DATE_LENGTH);
            if (separator != ' ' && separator != 'T') {
                return Double.NaN;
            }
            String time = text.substring(DATE_LENGTH + 1);
            if (time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0) {
                Instant instant = OffsetDateTime.parse(text.substring(0, DATE_LENGTH) + "T" + time)
                        .toInstant();
                return (instant.getEpochSecond() + instant.getNano() / 1e9) / SECONDS;
            }
            return date(text).toEpochDay() + LocalTime.parse(time).toNanoOfDay() / (1e9 * SECONDS);
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    /** Returns whether a text begins like 2024-01-31, so that exceptions are rare. */
    private static boolean isDate(String text) {
        if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        for (int i = 0; i < DATE_LENGTH; i++) {
            if (i != 4 && i != 7 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                return false;
            }
        }
        return true;
    }

    /** Returns the date at the beginning of such a text. A formatter takes several times as long. */
    private static LocalDate date(String text) {
        return LocalDate.of(
                Integer.parseInt(text, 0, 4, 10), Integer.parseInt(text, 5, 7, 10), Integer.parseInt(text, 8, 10, 10));
    }

    /** Returns whether a text that is a date or a timestamp has a time of day. */
    public static boolean hasTime(String text) {
        return text.length() > DATE_LENGTH;
    }

    /** Returns the date that is nearest to some days. */
    public static String date(double days) {
        return LocalDate.ofEpochDay((long) Math.rint(days)).toString();
    }

    /** Returns the timestamp, in whole seconds, that is nearest to some days. */
    static String timestamp(double days) {
        return LocalDateTime.ofEpochSecond((long) Math.rint(days * SECONDS), 0, ZoneOffset.UTC)
                .format(TIMESTAMP);
    }
}
