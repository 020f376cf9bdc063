package io.github.sparklatent.columns;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A date or a timestamp: the days since the first one of the training rows, then its place in each cycle. A place is
 * the sine and the cosine of its angle, or the code of a category. Timestamps are read and written in the model's time
 * zone.
 *
 * <p>With codes, the first number is a score: dates are spread over their range, and a Gaussian mixture would
 * approximate a flat density by several components. The line lets dates far outside the range stay far away.
 *
 * <pre>
 *   u = (days − least) / (greatest − least),  c = u within [0.01, 0.99],  y = Φ⁻¹(c) + √12 (u − c)
 * </pre>
 *
 * @param column name of the column
 * @param writtenAs Spark's type in tables that are written, as JSON
 * @param kind DATE or TIMESTAMP
 * @param least first moment of the training rows, in days since 1970-01-01
 * @param greatest last moment of the training rows
 * @param parts cycles that the training rows run through
 * @param isCode whether a place is a category: few angles, such as those of seven weekdays, are no Gaussian numbers
 * @param isWhole whether all moments of the training rows are midnights
 * @param zone time zone of timestamps
 */
public record DateEncoder(
        String column,
        String writtenAs,
        @JsonProperty(ColumnEncoders.TYPE) ColumnType kind,
        double least,
        double greatest,
        List<DateParts> parts,
        @JsonProperty("code") boolean isCode,
        @JsonProperty("wholeDays") boolean isWhole,
        String zone)
        implements ColumnEncoder {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double END = 0.01;
    private static final double SLOPE = Math.sqrt(12);
    private static final int SECONDS = 86_400;
    private static final int HOUR = 3600;

    /** Fewest digits of a text that may be a date of another form. */
    private static final int MIN_DIGITS = 4;

    /** Days that are tried, half of them before the drawn one: a month has its namesake a year apart. */
    private static final int MAX_STEPS = 800;

    public DateEncoder {
        parts = List.copyOf(parts);
    }

    @Override
    public List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        features.add(Feature.number(column));
        for (DateParts part : parts) {
            features.addAll(isCode ? List.of(part.feature(column)) : part.angles(column));
        }
        return features;
    }

    @Override
    public boolean encode(Object value, double[] row, int at) {
        double days = value == null ? Double.NaN : DateText.days(((String) value).strip());
        if (Double.isNaN(days)) {
            Arrays.fill(row, at, at + 1 + (isCode ? 1 : 2) * parts.size(), Double.NaN);
            return true;
        }
        row[at] = isCode ? score(days) : days - least;
        for (int i = 0; i < parts.size(); i++) {
            if (isCode) {
                row[at + 1 + i] = parts.get(i).code(days);
            } else {
                double angle = parts.get(i).angle(days);
                row[at + 1 + 2 * i] = Math.sin(angle);
                row[at + 2 + 2 * i] = Math.cos(angle);
            }
        }
        return true;
    }

    /** Other texts, such as NA, -1 or 00.00.0000, stand for a missing time. */
    @Override
    public boolean isUnknown(Object value) {
        return value instanceof String written
                && written.chars().filter(Character::isDigit).count() >= MIN_DIGITS
                && written.chars().anyMatch(digit -> digit >= '1' && digit <= '8')
                && Double.isNaN(DateText.days(written.strip()));
    }

    @Override
    public Object read(double[] row, int at) {
        return Double.isNaN(row[at]) ? null : text(days(row[at]));
    }

    private double score(double days) {
        double u = (days - least) / span();
        double inside = Math.min(Math.max(u, END), 1 - END);
        return NORMAL.inverseCumulativeProbability(inside) + SLOPE * (u - inside);
    }

    /** Returns the moment of the first number of a row. */
    private double days(double number) {
        if (!isCode) {
            return number + least;
        }
        double end = NORMAL.inverseCumulativeProbability(1 - END);
        double inside = Math.min(Math.max(number, -end), end);
        return least + span() * (NORMAL.cumulativeProbability(inside) + (number - inside) / SLOPE);
    }

    private double span() {
        return greatest > least ? greatest - least : 1;
    }

    /**
     * Returns the moment of the first number, or the nearest one in the training rows' range that has the categories of
     * the others.
     */
    @Override
    public Object decode(double[] row, int at) {
        if (Double.isNaN(row[at])) {
            return null;
        }
        double days = Math.min(Math.max(days(row[at]), least), greatest);
        long seconds = Math.round(days * SECONDS);
        long day = isWhole ? Math.round(days) : Math.floorDiv(seconds, SECONDS);
        long second = isWhole ? 0 : Math.floorMod(seconds, SECONDS);
        Map<DateParts, Integer> drawn = new EnumMap<>(DateParts.class);
        for (int i = 0; isCode && i < parts.size(); i++) {
            if (!Double.isNaN(row[at + 1 + i])) {
                drawn.put(parts.get(i), (int) Math.rint(row[at + 1 + i]));
            }
        }
        Integer hour = drawn.remove(DateParts.DAY);
        second = hour == null ? second : hour * HOUR + second % HOUR;
        return text(Math.min(Math.max(nearest(day, drawn) + second / (double) SECONDS, least), greatest));
    }

    /** Returns the nearest day with these parts, from the same day of the nearest such month on. */
    private long nearest(long day, Map<DateParts, Integer> drawn) {
        Integer month = drawn.get(DateParts.YEAR);
        long steps = month == null ? 0 : Math.floorMod(month - DateParts.YEAR.code(day) + 6, 12) - 6;
        long from = LocalDate.ofEpochDay(day).plusMonths(steps).toEpochDay();
        return LongStream.range(0, MAX_STEPS)
                .map(step -> from + (step % 2 == 0 ? -step / 2 : step / 2 + 1))
                .filter(other -> other >= Math.floor(least) && other <= greatest)
                .filter(other -> drawn.entrySet().stream()
                        .allMatch(part -> part.getValue() == part.getKey().code(other)))
                .findFirst()
                .orElse(day);
    }

    private String text(double days) {
        return kind == ColumnType.DATE ? DateText.date(days) : DateText.timestamp(days);
    }

    @Override
    public Decoded decoded() {
        return Decoded.TEXT;
    }

    /** Cycles of a date, each as an angle or as one of a few categories. */
    public enum DateParts {
        /** The day of the year, in 365.2425 days, or the month. */
        YEAR("year", 365.2425, "month", names(1, 12)),
        /** The day of the week. */
        WEEK("week", 7, "weekday", List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
        /** The time of the day, or the hour. */
        DAY("day", 1, "hour", names(0, 23));

        /** 1970-01-01 was a Thursday, three days after a Monday. */
        private static final int EPOCH_WEEKDAY = 3;

        private final String cycle;
        private final double days;
        private final String category;
        private final List<String> categories;

        DateParts(String cycle, double days, String category, List<String> categories) {
            this.cycle = cycle;
            this.days = days;
            this.category = category;
            this.categories = categories;
        }

        private static List<String> names(int first, int last) {
            return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
        }

        /** Returns the features of the sine and the cosine of a date column. */
        List<Feature> angles(String column) {
            return List.of(Feature.number(column + "." + cycle + "Sin"), Feature.number(column + "." + cycle + "Cos"));
        }

        /** Returns the feature of the categories of a date column. */
        Feature feature(String column) {
            return new Feature(column + "." + category, Feature.Kind.CATEGORY, categories);
        }

        /** Returns the angle of a moment in its cycle, in radians. */
        double angle(double epochDays) {
            double cycles = epochDays / days;
            return 2 * Math.PI * (cycles - Math.floor(cycles));
        }

        /** Returns the code of the category of a moment. */
        int code(double epochDays) {
            long day = (long) Math.floor(epochDays);
            return switch (this) {
                case YEAR -> LocalDate.ofEpochDay(day).getMonthValue() - 1;
                case WEEK -> (int) Math.floorMod(day + EPOCH_WEEKDAY, 7L);
                case DAY -> (int) Math.min(23, (epochDays - day) * 24 + 1e-6); // 9:00 is 8.9999999 hours in days
            };
        }

        public double days() {
            return days;
        }
    }
}
