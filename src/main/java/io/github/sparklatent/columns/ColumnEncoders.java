package io.github.sparklatent.columns;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.learn.StateCodec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes encoders as maps of texts, numbers and lists, and reads them back. */
public final class ColumnEncoders {
    static final String TYPE = "type";

    /** Components that are records, whose own components are entries of the map. */
    private static final String TEXT = "text";

    private static final String RANKS = "ranks";

    private static final ObjectMapper FORM = StateCodec.JSON
            .copy()
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

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

    /** Returns an encoder as a map, of its components by name. Infinite ends of a range are left out. */
    public static Map<String, Object> toMap(ColumnEncoder encoder) {
        Map<String, Object> map = FORM.convertValue(encoder, new TypeReference<LinkedHashMap<String, Object>>() {});
        for (String part : List.of(TEXT, RANKS)) {
            if (map.remove(part) instanceof Map<?, ?> values) {
                values.forEach((name, value) -> map.put((String) name, value));
            }
        }
        map.values().removeIf(value -> value == null || value instanceof Double number && number.isInfinite());
        map.putIfAbsent(TYPE, ColumnType.ARRAY.toString());
        return map;
    }

    /**
     * Reads an encoder.
     *
     * @throws DataException if the map is none of {@link #toMap}
     */
    public static ColumnEncoder of(Map<String, Object> map) {
        try {
            ColumnType kind = FORM.convertValue(Objects.requireNonNull(map.get(TYPE)), ColumnType.class);
            Map<String, Object> parts = new HashMap<>(map);
            parts.put(TEXT, map);
            parts.put(RANKS, kind.isRanked() ? map : null);
            parts.putIfAbsent("zone", null);
            parts.putIfAbsent("least", Double.NEGATIVE_INFINITY);
            parts.putIfAbsent("greatest", Double.POSITIVE_INFINITY);
            Class<? extends ColumnEncoder> encoder = switch (kind) {
                case NUMBER, COUNT, LOG, QUANTILE, BOTH -> NumberEncoder.class;
                case CATEGORY, BOOLEAN -> CategoryEncoder.class;
                case DATE, TIMESTAMP -> DateEncoder.class;
                case ARRAY -> ArrayEncoder.class;
                case IGNORE -> throw new IllegalArgumentException("a column that is not modelled");
            };
            return FORM.convertValue(parts, encoder);
        } catch (NullPointerException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new DataException("the encoder of a column is damaged: %s (%s)".formatted(map, reason), e);
        }
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
            @JsonProperty(TYPE) ColumnType kind,
            TextFormat text,
            double least,
            double greatest,
            long numbers,
            int decimals,
            @JsonProperty(RANKS) QuantileKnots knots)
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
