package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.columns.ArrayEncoder;
import io.github.sparklatent.columns.CategoryEncoder;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.DateEncoder;
import io.github.sparklatent.columns.DateParts;
import io.github.sparklatent.columns.NumberEncoder;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.NumericType;

/**
 * Encoders as operators of an ONNX graph. A number is a double, NaN if it is missing. A date is the number of days
 * since 1970-01-01, with the time of the day as a fraction. A level is a text without white space around it, or a
 * double if the table has numbers.
 */
public final class EncoderGraph {
    private EncoderGraph() {}

    /**
     * A column in a graph.
     *
     * @param numbers n × the numbers that the encoder gives, doubles
     * @param description name, type and meaning of the input, for readers of the file
     */
    public record Column(Value numbers, Map<String, Object> description) {}

    /**
     * Adds an input for a column and the operators of its encoder.
     *
     * @param rows name of the number of rows
     */
    public static Column add(Graph g, ColumnEncoder encoder, String rows) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", encoder.column());
        Value numbers;
        if (encoder instanceof NumberEncoder number) {
            describe(description, ElementType.DOUBLE, number.kind());
            Value x = g.input(encoder.column(), ElementType.DOUBLE, rows, 1);
            numbers = switch (number.kind()) {
                case LOG -> g.op("Log", g.add(x, g.scalar(number.zero())));
                case QUANTILE -> number.knots().score(g, x);
                default -> x;
            };
        } else if (encoder instanceof DateEncoder date) {
            describe(description, ElementType.DOUBLE, date.kind());
            description.put("unit", "days since 1970-01-01" + (date.zone() == null ? "" : " in " + date.zone()));
            numbers = date(g, date, g.input(encoder.column(), ElementType.DOUBLE, rows, 1));
        } else if (encoder instanceof ArrayEncoder array) {
            describe(description, ElementType.DOUBLE, ColumnType.ARRAY);
            description.put("width", array.width());
            numbers = g.input(encoder.column(), ElementType.DOUBLE, rows, array.width());
        } else if (encoder instanceof CategoryEncoder category) {
            boolean isNumber = EncodedColumn.type(category) instanceof NumericType && category.hasNumbers();
            describe(description, isNumber ? ElementType.DOUBLE : ElementType.STRING, category.kind());
            description.put("levels", category.levels());
            description.put(
                    "missing", isNumber ? List.of("NaN") : category.text().missing());
            Value level = isNumber ? numberLevel(g, category, rows) : textLevel(g, category, rows);
            numbers = category(g, category, level);
        } else {
            throw new IllegalArgumentException("no graph of " + encoder.getClass());
        }
        return new Column(numbers, description);
    }

    private static void describe(Map<String, Object> description, ElementType type, ColumnType kind) {
        description.put("type", type.toString());
        description.put("kind", kind.toString());
    }

    private static Value date(Graph g, DateEncoder date, Value days) {
        List<Value> parts = new ArrayList<>();
        parts.add(g.subtract(days, g.scalar(date.least())));
        for (DateParts part : date.parts()) {
            Value cycles = g.divide(days, g.scalar(part.days()));
            Value angle = g.multiply(g.scalar(2 * Math.PI), g.subtract(cycles, g.op("Floor", cycles)));
            parts.add(g.op("Sin", angle));
            parts.add(g.op("Sin", g.add(angle, g.scalar(0.5 * Math.PI)))); // ONNX Runtime has no cosine of doubles
        }
        return parts.size() == 1 ? parts.get(0) : g.concatenate(1, parts.toArray(Value[]::new));
    }

    /** Returns the level of each text, n × 1; −1 if it has none. */
    private static Value textLevel(Graph g, CategoryEncoder category, String rows) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (int level = 0; level < category.levels().size(); level++) {
            String written = category.levels().get(level);
            codes.putIfAbsent(written, level);
        }
        for (int level = 0; level < category.levels().size(); level++) {
            String written = category.levels().get(level);
            for (String other : spellings(category, written)) {
                codes.putIfAbsent(other, level);
            }
        }
        category.text().missing().forEach(codes::remove);
        List<String> keys = List.copyOf(codes.keySet());
        Value text = g.input(category.column(), ElementType.STRING, rows, 1);
        return g.node("LabelEncoder")
                .of(Graph.ML)
                .in(text)
                .set("keys_strings", keys)
                .set("values_int64s", keys.stream().mapToLong(codes::get).toArray())
                .set("default_int64", category.hasMissing() ? category.levels().size() : -1L)
                .out(ElementType.INT64);
    }

    /**
     * Returns other texts that the encoder reads as the same level: booleans in any case, numbers as Python writes
     * them.
     */
    private static List<String> spellings(CategoryEncoder category, String level) {
        if (category.kind() == ColumnType.BOOLEAN) {
            return List.of(
                    level.toUpperCase(Locale.ROOT),
                    level.substring(0, 1).toUpperCase(Locale.ROOT) + level.substring(1));
        }
        if (!category.hasNumbers()) {
            return List.of();
        }
        double number = category.text().number(level);
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? List.of(Long.toString((long) number), Double.toString(number))
                : List.of(Double.toString(number));
    }

    private static Value numberLevel(Graph g, CategoryEncoder category, String rows) {
        int count = category.levels().size();
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Double.compare(number(category, a), number(category, b)))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sorted = IntStream.of(order)
                .mapToDouble(level -> number(category, level))
                .toArray();
        long[] levels = IntStream.of(order).asLongStream().toArray();
        Value x = g.input(category.column(), ElementType.DOUBLE, rows, 1);
        Value upTo = Functions.count(g, g.constant(sorted, count), count, null, x, true);
        Value place = g.greatest(g.subtract(upTo, g.scalar(1L)), g.scalar(0L));
        Value isKnown = g.equal(g.gather(g.constant(sorted, count), place, 0), x);
        long none = category.hasMissing() ? count : -1;
        return g.where(isKnown, g.gather(g.constant(levels, count), place, 0), g.scalar(none));
    }

    private static double number(CategoryEncoder category, int level) {
        return category.text().number(category.levels().get(level));
    }

    private static Value category(Graph g, CategoryEncoder category, Value level) {
        Value isNone = g.less(level, g.scalar(0L));
        Value numbers;
        if (category.isCode()) {
            numbers = g.cast(level, ElementType.DOUBLE);
        } else {
            int indicators = category.levels().size() + (category.hasMissing() ? 1 : 0) - 1;
            long[] places = IntStream.rangeClosed(1, indicators).asLongStream().toArray();
            numbers = g.indicator(g.equal(level, g.constant(places, 1, indicators)));
        }
        return g.where(isNone, g.scalar(Double.NaN), numbers);
    }
}
