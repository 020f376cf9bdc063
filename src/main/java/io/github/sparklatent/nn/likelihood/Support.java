package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.RowSums;
import java.util.function.IntUnaryOperator;

/** The values that a column may have. */
enum Support {
    /** Whole numbers from 0 on, which are not scaled. */
    COUNTS("a whole number from 0 to " + (int) Support.MAX_COUNT) {
        @Override
        boolean has(double value) {
            return value >= 0 && value <= MAX_COUNT && value == Math.rint(value);
        }

        @Override
        double nearest(double number) {
            return Math.max(0, Math.min(MAX_COUNT, Math.rint(number)));
        }

        /** Returns the logarithm of the mean. */
        @Override
        double start(double centre) {
            return StrictMath.log(Math.max(MIN_START, centre));
        }
    },
    /** All finite numbers. */
    NUMBERS("a finite number") {
        @Override
        boolean has(double value) {
            return Double.isFinite(value);
        }
    },
    /** Numbers from 0 to 1. */
    SHARES("values within [0, 1]") {
        @Override
        boolean has(double value) {
            return value >= 0 && value <= 1;
        }

        @Override
        double nearest(double number) {
            return Math.max(0, Math.min(1, number));
        }

        @Override
        double start(double centre) {
            return 0;
        }
    };

    /** The largest count up to which a float holds every whole number. */
    static final double MAX_COUNT = 1 << 24;

    /** The mean from which a column of zeros starts. */
    private static final double MIN_START = 1e-3;

    private final String words;

    Support(String words) {
        this.words = words;
    }

    /** Returns whether a value is one of them; NaN is none. */
    abstract boolean has(double value);

    double nearest(double number) {
        return number;
    }

    /** Returns the output for a distribution with a given centre. */
    double start(double centre) {
        return centre;
    }

    /**
     * Describes the first value of some columns that is not one of them; null if all are. NaN is a missing value, which
     * every column may have.
     *
     * @param width number of columns
     * @param place index of each column in the row
     * @param distribution name of the distribution of these columns
     */
    String flaw(double[] row, int width, IntUnaryOperator place, Object distribution) {
        for (int j = 0; j < width; j++) {
            double value = row[place.applyAsInt(j)];
            if (!Double.isNaN(value) && !has(value)) {
                return "column %d is %s, %s expects %s"
                        .formatted(place.applyAsInt(j), RowSums.shown(value), distribution, words);
            }
        }
        return null;
    }
}
