package io.github.sparklatent.columns;

import io.github.sparklatent.learn.QuantileKnots;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A number, which may be written as a text. Its logarithm or its rank may be modelled instead:
 *
 * <pre>
 *   NUMBER, COUNT  y = x
 *   LOG            y = log x, or log(1 + x) if the training rows have zeros; a number without one is far below
 *   QUANTILE       y = Φ⁻¹(F(x)), F the distribution function of the rows of the table
 * </pre>
 *
 * @param column name of the column
 * @param writtenAs Spark's type in tables that are written, as JSON; that of a number
 * @param kind NUMBER, COUNT, LOG or QUANTILE
 * @param text format of numbers that are texts
 * @param least smallest value of the training rows
 * @param greatest largest value of the training rows
 * @param decimals number of decimals of the training rows; -1: any number
 * @param knots F, null of other kinds than QUANTILE
 */
public record NumberEncoder(
        String column,
        String writtenAs,
        ColumnType kind,
        TextFormat text,
        double least,
        double greatest,
        int decimals,
        QuantileKnots knots)
        implements ColumnEncoder {
    @Override
    public List<Feature> features() {
        return kind == ColumnType.COUNT
                ? List.of(new Feature(column, Feature.Kind.COUNT, List.of()))
                : List.of(Feature.number(column));
    }

    @Override
    public boolean isPlain() {
        return kind != ColumnType.LOG && !isRanked();
    }

    @Override
    public boolean isRanked() {
        return kind == ColumnType.QUANTILE;
    }

    @Override
    public boolean encode(Object value, double[] row, int at) {
        double number = number(value);
        row[at] = switch (kind) {
            case LOG -> isOutside(value) ? belowAll() : Math.log(number + zero());
            case QUANTILE -> Double.isInfinite(number) ? number : knots.score(number);
            default -> number;
        };
        return true;
    }

    @Override
    public boolean isUnknown(Object value) {
        return value instanceof String written && !text.isMissing(written.strip()) && !text.isNumber(written.strip());
    }

    @Override
    public boolean isOutside(Object value) {
        double number = number(value);
        return kind == ColumnType.LOG && number + zero() <= 0 && number > Double.NEGATIVE_INFINITY;
    }

    /** Returns a number that is as far below the least logarithm as the greatest is above it. */
    private double belowAll() {
        double low = Math.log(least + zero());
        return low - Math.max(1, Math.log(greatest + zero()) - low);
    }

    private double number(Object value) {
        return value == null ? Double.NaN : value instanceof String written ? parse(written) : (Double) value;
    }

    private double parse(String written) {
        String trimmed = written.strip();
        return text.isMissing(trimmed) ? Double.NaN : text.number(trimmed);
    }

    /** Returns what is added before the logarithm, so that a zero of the training rows has one. */
    public double zero() {
        return least == 0 ? 1 : 0;
    }

    @Override
    public Object read(double[] row, int at) {
        double number = switch (kind) {
            case LOG -> Math.exp(row[at]) - zero();
            case QUANTILE -> knots.number(row[at]);
            default -> row[at];
        };
        return Double.isNaN(number) ? null : number;
    }

    @Override
    public Object decode(double[] row, int at) {
        Object number = read(row, at);
        if (number == null) {
            return null;
        }
        double inside = Math.min(Math.max((double) number, least), greatest);
        return decimals < 0 || Double.isInfinite(inside)
                ? inside
                : BigDecimal.valueOf(inside)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .doubleValue();
    }

    @Override
    public Decoded decoded() {
        return Decoded.NUMBER;
    }

    /** Returns a text that does not depend on the range, which changes no number of training rows that is encoded. */
    @Override
    public String identity() {
        String ranks = knots == null ? "" : " ranks %08x".formatted(knots.hashCode());
        return "%s %s + %s %s%s".formatted(column, kind, zero(), text, ranks);
    }
}
