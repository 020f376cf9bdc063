package io.github.sparklatent.columns;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

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
