package io.github.sparklatent.settings;

/**
 * An interval of numbers, written as in messages: {@code "> 0 and <= 1"}.
 *
 * @param text the interval in words; empty: all finite numbers
 */
public record Range(String text, double minimum, boolean aboveMinimum, double maximum, boolean belowMaximum) {
    /**
     * Reads an interval.
     *
     * @param text one or two conditions, joined by {@code and}; each is an operator of {@code >}, {@code >=}, {@code <}
     *     and {@code <=}, and a number
     */
    public static Range of(String text) {
        double minimum = Double.NEGATIVE_INFINITY;
        double maximum = Double.POSITIVE_INFINITY;
        boolean aboveMinimum = true;
        boolean belowMaximum = true;
        for (String condition : text.isEmpty() ? new String[0] : text.split(" and ")) {
            String[] parts = condition.split(" ");
            double bound = Double.parseDouble(parts[1]);
            switch (parts[0]) {
                case ">", ">=" -> {
                    minimum = bound;
                    aboveMinimum = parts[0].equals(">");
                }
                case "<", "<=" -> {
                    maximum = bound;
                    belowMaximum = parts[0].equals("<");
                }
                default -> throw new IllegalArgumentException("no range: " + text);
            }
        }
        return new Range(text, minimum, aboveMinimum, maximum, belowMaximum);
    }

    /** Returns whether the number is in the interval. NaN and infinities never are. */
    public boolean contains(double value) {
        return (aboveMinimum ? value > minimum : value >= minimum)
                && (belowMaximum ? value < maximum : value <= maximum);
    }

    /** Returns whether the integer is in the interval. */
    public boolean contains(long value) {
        return contains((double) value);
    }

    @Override
    public String toString() {
        return text;
    }
}
