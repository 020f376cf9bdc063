package io.github.sparklatent.columns;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
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
            case NUMBER, COUNT, LOG, QUANTILE ->
                new NumberEncoder(
                        column,
                        type,
                        kind,
                        text(map),
                        least,
                        greatest,
                        ((Number) map.get("decimals")).intValue(),
                        kind == ColumnType.QUANTILE
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
}
