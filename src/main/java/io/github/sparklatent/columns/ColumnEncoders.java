package io.github.sparklatent.columns;

import io.github.sparklatent.columns.DateEncoder.DateParts;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes encoders as maps of texts, numbers and lists, and reads them back. */
public final class ColumnEncoders {
    private ColumnEncoders() {}

    /**
     * Returns an encoder of a column of numbers, which reads texts in the default format.
     *
     * @param writtenAs Spark's type in tables that are written, as JSON
     */
    public static ColumnEncoder number(String column, String writtenAs) {
        return new NumberEncoder(
                column,
                writtenAs,
                ColumnType.NUMBER,
                TextFormat.DEFAULT,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                0,
                -1,
                null);
    }

    /** Returns an encoder as a map. Infinite ends of a range are left out. */
    public static Map<String, Object> toMap(ColumnEncoder encoder) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("column", encoder.column());
        map.put("writtenAs", encoder.writtenAs());
        if (encoder instanceof NumberEncoder number) {
            map.put("type", number.kind().toString());
            putText(map, number.text());
            putRange(map, number.least(), number.greatest());
            map.put("numbers", number.numbers());
            map.put("decimals", number.decimals());
            if (number.knots() != null) {
                map.put("knots", Arrays.stream(number.knots().knots()).boxed().toList());
                map.put("masses", Arrays.stream(number.knots().masses()).boxed().toList());
            }
        } else if (encoder instanceof CategoryEncoder category) {
            map.put("type", category.kind().toString());
            putText(map, category.text());
            map.put("categories", category.categories());
            map.put("missingCategory", category.hasMissing());
            map.put("code", category.isCode());
            putZone(map, category.zone());
        } else if (encoder instanceof DateEncoder date) {
            map.put("type", date.kind().toString());
            putRange(map, date.least(), date.greatest());
            map.put("parts", date.parts().stream().map(Enum::name).toList());
            map.put("code", date.isCode());
            map.put("wholeDays", date.isWhole());
            putZone(map, date.zone());
        } else if (encoder instanceof ArrayEncoder array) {
            map.put("type", ColumnType.ARRAY.toString());
            map.put("width", array.width());
        } else {
            throw new IllegalArgumentException("no saved form of " + encoder.getClass());
        }
        return map;
    }

    private static void putText(Map<String, Object> map, TextFormat text) {
        map.put("missing", text.missing());
        map.put("decimal", String.valueOf(text.decimal()));
    }

    private static void putZone(Map<String, Object> map, String zone) {
        if (zone != null) {
            map.put("zone", zone);
        }
    }

    private static void putRange(Map<String, Object> map, double least, double greatest) {
        if (Double.isFinite(least) && Double.isFinite(greatest)) {
            map.put("least", least);
            map.put("greatest", greatest);
        }
    }

    /**
     * Reads an encoder.
     *
     * @throws DataException if the map is none of {@link #toMap}
     */
    public static ColumnEncoder of(Map<String, Object> map) {
        try {
            return read(map);
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DataException("the encoder of a column is damaged: %s (%s)".formatted(map, e.getMessage()), e);
        }
    }

    @SuppressWarnings("unchecked") // a wrong element fails where it is used
    private static ColumnEncoder read(Map<String, Object> map) {
        String column = (String) map.get("column");
        String type = (String) map.get("writtenAs");
        ColumnType kind = ColumnType.valueOf(((String) map.get("type")).toUpperCase(Locale.ROOT));
        double least = number(map, "least", Double.NEGATIVE_INFINITY);
        double greatest = number(map, "greatest", Double.POSITIVE_INFINITY);
        return switch (kind) {
            case NUMBER, COUNT, LOG, QUANTILE, BOTH ->
                new NumberEncoder(
                        column,
                        type,
                        kind,
                        text(map),
                        least,
                        greatest,
                        ((Number) map.get("numbers")).longValue(),
                        ((Number) map.get("decimals")).intValue(),
                        kind.isRanked()
                                ? new QuantileKnots(numbers(map.get("knots")), numbers(map.get("masses")))
                                : null);
            case CATEGORY, BOOLEAN ->
                new CategoryEncoder(
                        column,
                        type,
                        kind,
                        text(map),
                        (List<String>) map.get("categories"),
                        (Boolean) map.get("missingCategory"),
                        (Boolean) map.get("code"),
                        (String) map.get("zone"));
            case DATE, TIMESTAMP ->
                new DateEncoder(
                        column,
                        type,
                        kind,
                        least,
                        greatest,
                        ((List<String>) map.get("parts"))
                                .stream().map(DateParts::valueOf).toList(),
                        (Boolean) map.get("code"),
                        (Boolean) map.get("wholeDays"),
                        (String) map.get("zone"));
            case ARRAY -> new ArrayEncoder(column, type, ((Number) map.get("width")).intValue());
            case IGNORE -> throw new IllegalArgumentException("a column that is not modelled");
        };
    }

    @SuppressWarnings("unchecked") // as above
    private static TextFormat text(Map<String, Object> map) {
        return new TextFormat((List<String>) map.get("missing"), ((String) map.get("decimal")).charAt(0));
    }

    @SuppressWarnings("unchecked") // as above
    private static double[] numbers(Object list) {
        return ((List<Number>) list).stream().mapToDouble(Number::doubleValue).toArray();
    }

    private static double number(Map<String, Object> map, String name, double absent) {
        return map.get(name) == null ? absent : ((Number) map.get(name)).doubleValue();
    }

    /**
     * A number, which may be written as a text. Its logarithm or its rank may be modelled instead:
     *
     * <pre>
     *   NUMBER, COUNT  y = x
     *   LOG            y = log x, or log(1 + x) if the training rows have zeros; a number without one is far below
     *   QUANTILE       y = Φ⁻¹(F(x)), F the distribution function of the rows of the table
     *   BOTH           x, and Φ⁻¹(F(x))
     * </pre>
     *
     * @param column name of the column
     * @param writtenAs Spark's type in tables that are written, as JSON; that of a number
     * @param kind NUMBER, COUNT, LOG, QUANTILE or BOTH
     * @param text format of numbers that are texts
     * @param least smallest value of the training rows
     * @param greatest largest value of the training rows
     * @param numbers number of values of the training rows
     * @param decimals number of decimals of the training rows; -1: any number
     * @param knots F, null of other kinds than QUANTILE and BOTH
     */
    public record NumberEncoder(
            String column,
            String writtenAs,
            ColumnType kind,
            TextFormat text,
            double least,
            double greatest,
            long numbers,
            int decimals,
            QuantileKnots knots)
            implements ColumnEncoder {
        /** Error of a number that was scaled and back, relative to the range. */
        private static final double ROUNDING = 1e-12;

        @Override
        public List<Feature> features() {
            Feature.Kind meaning = kind == ColumnType.COUNT ? Feature.Kind.COUNT : Feature.Kind.NUMBER;
            Feature own = new Feature(column, meaning, List.of());
            return kind == ColumnType.BOTH ? List.of(own, Feature.number(column + ".rank")) : List.of(own);
        }

        @Override
        public boolean isPlain() {
            return kind != ColumnType.LOG && !isRanked();
        }

        @Override
        public boolean isRanked() {
            return kind.isRanked();
        }

        @Override
        public boolean encode(Object value, double[] row, int at) {
            double number = number(value);
            boolean isLog = kind == ColumnType.LOG;
            boolean isBelow = number + zero() <= 0 && number > Double.NEGATIVE_INFINITY; // has no logarithm
            row[at] = !isLog ? number : isBelow ? belowAll() : Math.log(number + zero());
            if (isRanked()) {
                int rank = kind == ColumnType.BOTH ? at + 1 : at;
                row[rank] = Double.isInfinite(number) ? number : knots.score(number);
            }
            return true;
        }

        @Override
        public boolean isUnknown(Object value) {
            return value instanceof String written
                    && !text.isMissing(written.strip())
                    && !text.isNumber(written.strip());
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
        public double leastContribution(double[] row, int at) {
            Object number = read(row, at);
            double rounding = ROUNDING * Math.max(Math.abs(least), Math.abs(greatest));
            boolean isBeyond =
                    number != null && ((double) number < least - rounding || (double) number > greatest + rounding);
            return isBeyond ? StrictMath.log(0.5 * (numbers + 1)) : 0;
        }

        @Override
        public Decoded decoded() {
            return Decoded.NUMBER;
        }

        /**
         * Returns a text that does not depend on the range, which changes no number of training rows that is encoded.
         */
        @Override
        public String identity() {
            String ranks = knots == null ? "" : " ranks %08x".formatted(knots.hashCode());
            return "%s %s + %s %s%s".formatted(column, kind, zero(), text, ranks);
        }
    }
}
