package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ColumnEncoder;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of the table with the numbers that the model reads of it.
 *
 * @param name name of the column; if a single vector holds all numbers, that of one of them
 * @param from index of its first number in a row
 * @param count number of its numbers
 * @param encoder encoder of the column; null if its number stands for itself
 */
public record ExplainedColumn(String name, int from, int count, ColumnEncoder encoder) implements Serializable {
    /** Significant digits of numbers. */
    private static final int DIGITS = 5;

    /** Digits that are right after a number was scaled and back. */
    private static final MathContext EXACT = new MathContext(12);

    /**
     * Returns the columns that a model reads.
     *
     * @param encoders encoders of the columns; empty if there are none
     * @param names names of the columns
     * @param width number of numbers of a row
     */
    public static List<ExplainedColumn> of(List<? extends ColumnEncoder> encoders, List<String> names, int width) {
        List<ExplainedColumn> columns = new ArrayList<>();
        int from = 0;
        for (ColumnEncoder encoder : encoders) {
            int count = encoder.features().size();
            columns.add(new ExplainedColumn(encoder.column(), from, count, encoder));
            from += count;
        }
        if (!columns.isEmpty()) {
            return columns;
        }
        String vector = names.size() == 1 ? names.get(0) : "features";
        return IntStream.range(0, width)
                .mapToObj(j ->
                        new ExplainedColumn(names.size() == width ? names.get(j) : vector + "[" + j + "]", j, 1, null))
                .toList();
    }

    public int[] places() {
        return IntStream.range(from, from + count).toArray();
    }

    /**
     * Returns the {@linkplain ColumnEncoder#leastContribution least contribution} of the column.
     *
     * @param row d numbers in the units of the table. Not modified.
     */
    double leastContribution(double[] row) {
        return encoder == null ? 0 : encoder.leastContribution(row, from);
    }

    /** Returns whether values are numbers, so that they have an interval. */
    public boolean isNumber() {
        return encoder == null ? count == 1 : encoder.decoded() == ColumnEncoder.Decoded.NUMBER;
    }

    /**
     * Returns the value that some numbers stand for as a text; null if it is missing.
     *
     * @param row d numbers in the units of the table. Not modified.
     * @param mode direction in which numbers are rounded
     */
    public String text(double[] row, RoundingMode mode) {
        Object value = encoder == null ? (Object) row[from] : encoder.decode(row, from);
        if (value instanceof double[] numbers) {
            return Arrays.toString(
                    Arrays.stream(numbers).mapToObj(own -> text(own, mode)).toArray());
        }
        return value instanceof Double number ? text(number, mode) : (String) value;
    }

    /** Returns the number that some numbers stand for; null if it is missing, infinite, or no number. */
    Double number(double[] row) {
        return isNumber() ? finite(encoder == null ? (Object) row[from] : encoder.decode(row, from)) : null;
    }

    /** Returns the number that a text of the table writes, null if there is none: of any size, as it was observed. */
    Double number(String text) {
        double[] row = new double[from + 2]; // of a value, and of its rank
        if (!isNumber()) {
            return null;
        }
        if (encoder == null) {
            return finite(Double.valueOf(text));
        }
        encoder.encode(text, row, from);
        return finite(encoder.read(row, from));
    }

    private static Double finite(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? (Double) BigDecimal.valueOf(number).round(EXACT).doubleValue()
                : null;
    }

    private static String text(double number, RoundingMode mode) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? null : String.valueOf(number);
        }
        BigDecimal whole = BigDecimal.valueOf(number);
        BigDecimal shown =
                number == Math.rint(number) ? whole : whole.round(EXACT).round(new MathContext(DIGITS, mode));
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}
