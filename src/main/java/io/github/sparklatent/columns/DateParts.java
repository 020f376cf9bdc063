package io.github.sparklatent.columns;

/** Cycles of a date. */
public enum DateParts {
    /** The day of the year, in 365.2425 days. */
    YEAR("yearSin", "yearCos", 365.2425),
    /** The day of the week. */
    WEEK("weekSin", "weekCos", 7),
    /** The time of the day. */
    DAY("daySin", "dayCos", 1);

    private final String sine;
    private final String cosine;
    private final double days;

    DateParts(String sine, String cosine, double days) {
        this.sine = sine;
        this.cosine = cosine;
        this.days = days;
    }

    String sine() {
        return sine;
    }

    String cosine() {
        return cosine;
    }

    /** Returns the angle of a moment in its cycle, in radians. */
    double angle(double epochDays) {
        double cycles = epochDays / days;
        return 2 * Math.PI * (cycles - Math.floor(cycles));
    }

    public double days() {
        return days;
    }
}
