package io.github.sparklatent.columns;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the values of one column as numbers of a row, and reads them back. Immutable. */
public interface ColumnEncoder extends Serializable {

    /** Returns the name of the column, or the path {@code a.b} of a field of a struct. */
    String column();

    /** Returns the meaning of each number that the column gives. */
    List<Feature> features();

    /**
     * Returns whether a typed column is read like a column without an encoder: as the number or the numbers that it
     * holds.
     */
    default boolean isPlain() {
        return false;
    }

    /** Returns whether the number of a value is the normal score of its rank. */
    default boolean isRanked() {
        return false;
    }

    /** Returns the identities of the columns of ranks, by column. Ranks can be compared if these are equal. */
    static Map<String, String> ranks(List<? extends ColumnEncoder> encoders) {
        return encoders.stream()
                .filter(ColumnEncoder::isRanked)
                .collect(Collectors.toMap(ColumnEncoder::column, ColumnEncoder::identity));
    }

    /**
     * Writes the numbers of a value. A missing value gives NaN.
     *
     * @param value a double, a text or an array of doubles, or null
     * @param row receives the numbers from {@code at} on. Modified.
     * @return whether there are numbers. A null array has none, so the whole row has none
     */
    boolean encode(Object value, double[] row, int at);

    /**
     * Returns the value of the column that is nearest to some numbers, within the range of the training rows: a double,
     * a text or an array of doubles; null if it is missing.
     *
     * @param row numbers from {@code at} on. Not modified.
     */
    Object decode(double[] row, int at);

    /**
     * Returns the value that some numbers were written from, like {@link #decode} but within any range.
     *
     * @param row numbers from {@code at} on. Not modified.
     */
    default Object read(double[] row, int at) {
        return decode(row, at);
    }

    /**
     * Returns one number for the value that some numbers were written from, by which distributions of a column are
     * compared: the first one, or the code of a category; NaN if the value is missing.
     *
     * @param row numbers from {@code at} on. Not modified.
     */
    default double compared(double[] row, int at) {
        return row[at];
    }

    /**
     * Returns whether a value is read as missing although something is written: a text that is no number, or a category
     * that the training rows did not have.
     */
    default boolean isUnknown(Object value) {
        return false;
    }

    /**
     * Returns the least contribution of numbers to an anomaly: 0, or −log 2 / (n + 1) beyond all n numbers of the
     * training rows, as the probability of another one there is 2 / (n + 1).
     *
     * @param row numbers from {@code at} on. Not modified.
     */
    default double leastContribution(double[] row, int at) {
        return 0;
    }

    /** Kinds of values that {@link #decode} returns. */
    enum Decoded {
        /** A double. */
        NUMBER,
        /** A text. */
        TEXT,
        /** An array of doubles. */
        NUMBERS
    }

    /** Returns the kind of the values of {@link #decode}. */
    Decoded decoded();

    /** Returns the time zone of the column's moments; null: it has none. */
    default String zone() {
        return null;
    }

    /** Returns Spark's type of the column in tables that are written, as JSON. */
    String writtenAs();

    /** Returns an encoder of the same column that gives a category as its code. */
    default ColumnEncoder withCodes() {
        return this;
    }

    /** Returns a text that differs if the encoder gives other numbers. */
    default String identity() {
        return ColumnEncoders.toMap(this).toString();
    }
}
