package io.github.sparklatent.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Mark;
import io.github.sparklatent.report.Chart.Scale;
import io.github.sparklatent.report.Chart.Series;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the options of Apache ECharts for a chart. Colours that follow the theme of the page are names of variables of
 * its style sheet, which the script of the page replaces. It also adds the parts that are functions: the texts shown on
 * hover.
 */
final class ChartOptions {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final TypeReference<LinkedHashMap<String, Object>> OPTIONS = new TypeReference<>() {};

    // The options that are the same for all charts, as formats of JSON.
    private static final String BASE = """
            {"animation": false, "textStyle": {"color": "var(--muted)", "fontFamily": "inherit"}}""";

    private static final String TOOLTIP = """
            {"trigger": "%s", "confine": true, "backgroundColor": "var(--paper)", "borderColor": "var(--grid)",
             "textStyle": {"color": "var(--ink)", "fontSize": 13},
             "axisPointer": {"type": "line", "lineStyle": {"color": "var(--muted)"}}}""";

    private static final String LEGEND = """
            {"show": %s, "left": 0, "top": 0, "icon": "roundRect", "itemWidth": 11, "itemHeight": 11,
             "inactiveColor": "var(--grid)", "textStyle": {"color": "var(--ink)"}}""";

    private static final String ZOOM = """
            {"type": "inside", "%s": 0, "filterMode": "none", "zoomOnMouseWheel": "ctrl",
             "moveOnMouseMove": false, "preventDefaultMouseMove": false}""";

    private static final String X_AXIS = """
            {"nameLocation": "middle", "nameGap": 28, "axisTick": {"lineStyle": {"color": "var(--grid)"}},
             "splitLine": {"show": %s, "lineStyle": {"color": "var(--grid)"}}}""";

    private static final String Y_AXIS = """
            {"nameLocation": "end", "nameGap": 10, "splitLine": {"lineStyle": {"color": "var(--grid)"}}}""";

    private static final String AXIS = """
            {"nameTextStyle": {"color": "var(--muted)"},
             "axisLabel": {"color": "var(--muted)", "hideOverlap": true, "showMinLabel": %s, "showMaxLabel": %s},
             "axisLine": {"onZero": false, "lineStyle": {"color": "var(--grid)"}}}""";

    private static final String LINE = """
            {"type": "line", "showSymbol": %s, "symbol": "circle", "symbolSize": 7,
             "lineStyle": {"width": %s, "type": "%s"}, "emphasis": {"disabled": true}}""";

    private static final String STEPS = """
            {"type": "line", "step": "middle", "showSymbol": %s,
             "lineStyle": {"width": %s, "type": "solid"}, "emphasis": {"disabled": true}}""";

    private static final String DOTS = """
            {"type": "scatter", "symbolSize": %s, "itemStyle": {"opacity": %s}}""";

    private static final String BADGE = """
            {"type": "scatter", "symbolSize": %s, "z": 5,
             "itemStyle": {"borderColor": "var(--paper)", "borderWidth": 1.5, "opacity": 1},
             "label": {"show": true, "position": "inside", "formatter": "{b}", "fontWeight": "bold",
                       "fontSize": 11, "color": "%s"}}""";

    private static final String BARS = """
            {"type": "bar", "barCategoryGap": "24%%", "barGap": "0%%"}""";

    private static final String MARKS = """
            {"symbol": "none", "silent": true, "lineStyle": {"color": "var(--muted)", "type": "dotted", "width": 1},
             "label": {"formatter": "{b}", "position": "insideEndBottom", "color": "var(--muted)",
                       "textBorderColor": "var(--paper)", "textBorderWidth": 3}}""";

    /** The most points of a line; a chart cannot show more of them apart. */
    private static final int POINTS = 500;

    /** Digits of a number in the page: more than a chart or a reader can tell apart. */
    private static final MathContext DIGITS = new MathContext(6);

    private ChartOptions() {}

    /** Returns the options as JSON that can stand in a script element of HTML or XML. */
    static String json(Chart chart) {
        try {
            return MAPPER.writeValueAsString(options(chart))
                    .replace("&", "\\u0026")
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write chart %s as JSON".formatted(chart.id()), e);
        }
    }

    private static Map<String, Object> options(Chart chart) {
        boolean plane = isPlane(chart);
        Map<String, Object> options = parsed(BASE);
        options.put("legend", legend(chart));
        options.put("tooltip", parsed(TOOLTIP, plane ? "item" : "axis"));
        options.put("xAxis", horizontal(chart));
        options.put("yAxis", vertical(chart.y()));
        options.put("dataZoom", zoom(plane));
        List<Map<String, Object>> series = new ArrayList<>();
        for (Series one : chart.series()) {
            series.add(series(one));
        }
        if (!series.isEmpty() && !chart.marks().isEmpty()) {
            series.get(0).put("markLine", marks(chart.marks()));
        }
        options.put("series", series);
        return options;
    }

    /** Returns options written as JSON; a format with values for its specifiers. */
    private static Map<String, Object> parsed(String json, Object... values) {
        try {
            return MAPPER.readValue(String.format(Locale.ROOT, json, values), OPTIONS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + json, e);
        }
    }

    /** Returns whether both axes count alike, as for points in a plane. */
    private static boolean isPlane(Chart chart) {
        return chart.series().stream().noneMatch(s -> s.kind() == Kind.BARS || s.kind() == Kind.STACKED)
                && chart.series().stream().anyMatch(s -> s.kind() == Kind.DOTS && s.y().length > 1);
    }

    private static Map<String, Object> legend(Chart chart) {
        Set<String> names = new LinkedHashSet<>();
        chart.series().stream()
                .map(Series::name)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        Map<String, Object> legend = parsed(LEGEND, names.size() > 1);
        legend.put("data", names);
        return legend;
    }

    /** Returns the zoom by the wheel with the control key, and by the buttons. */
    private static List<Map<String, Object>> zoom(boolean plane) {
        return Stream.of("xAxisIndex", "yAxisIndex")
                .limit(plane ? 2 : 1)
                .map(axis -> parsed(ZOOM, axis))
                .toList();
    }

    private static Map<String, Object> horizontal(Chart chart) {
        Map<String, Object> axis = axis(chart.x());
        axis.putAll(parsed(X_AXIS, isPlane(chart)));
        return axis;
    }

    private static Map<String, Object> vertical(Axis y) {
        Map<String, Object> axis = axis(y);
        axis.putAll(parsed(Y_AXIS));
        return axis;
    }

    private static Map<String, Object> axis(Axis axis) {
        Map<String, Object> options = new LinkedHashMap<>();
        boolean named = !axis.names().isEmpty();
        options.put("type", named ? "category" : axis.scale() == Scale.LOGARITHMIC ? "log" : "value");
        options.put("name", axis.name());
        if (named) {
            options.put("data", axis.names());
        } else {
            options.put("scale", true);
        }
        if (axis.scale() == Scale.WHOLE) {
            options.put("minInterval", 1);
        }
        if (Double.isFinite(axis.least())) {
            options.put("min", axis.least());
        }
        if (Double.isFinite(axis.largest())) {
            options.put("max", axis.largest());
        }
        options.put("unit", axis.unit());
        options.putAll(parsed(AXIS, isRound(axis.least()), isRound(axis.largest())));
        return options;
    }

    /** Returns whether an end of an axis needs no digits that would stand out among its labels. */
    private static boolean isRound(double end) {
        return Double.isNaN(end) || end == Math.rint(end);
    }

    private static Map<String, Object> series(Series series) {
        Map<String, Object> options = switch (series.kind()) {
            case LINE, DASHED ->
                parsed(LINE, isPoint(series), series.size(), series.kind() == Kind.DASHED ? "dashed" : "solid");
            case STEPS -> parsed(STEPS, series.y().length == 1, series.size());
            case DOTS -> parsed(DOTS, series.size(), series.y().length > 1 ? 0.6 : 1.0);
            case BADGES -> parsed(BADGE, series.size(), Palette.css(Palette.textOn(series.colour())));
            case BARS, STACKED -> bars(series);
        };
        options.put("name", series.name());
        options.put("data", data(series));
        options.put("color", Palette.css(series.colour()));
        return options;
    }

    private static Map<String, Object> bars(Series series) {
        Map<String, Object> options = parsed(BARS);
        boolean isHistogram = series.x().length > 0;
        options.put(isHistogram ? "barWidth" : "barMaxWidth", isHistogram ? "92%" : 60);
        if (series.kind() == Kind.STACKED) {
            options.put("stack", "all");
        }
        return options;
    }

    private static boolean isPoint(Series series) {
        return Arrays.stream(series.y()).filter(Double::isFinite).count() == 1;
    }

    /** Returns the values, or pairs of a position and a value. */
    private static List<Object> data(Series series) {
        if (series.x().length == 0) {
            List<Object> values = new ArrayList<>();
            Arrays.stream(series.y()).forEach(y -> values.add(number(y)));
            return values;
        }
        boolean line = series.kind() == Kind.LINE;
        int[] chosen = line
                ? thinned(series)
                : IntStream.range(0, series.y().length)
                        .filter(i -> Double.isFinite(series.x()[i] + series.y()[i]))
                        .toArray();
        List<Object> points = new ArrayList<>();
        for (int i : chosen) {
            List<Object> point = Arrays.asList(number(series.x()[i]), number(series.y()[i]));
            points.add(series.labels().isEmpty() ? point : named(series.labels().get(i), "value", point));
        }
        return points;
    }

    /**
     * Returns the places of the finite points of a line, at most {@link #POINTS} of them, and those of its
     * interruptions.
     */
    private static int[] thinned(Series series) {
        int[] finite = IntStream.range(0, series.y().length)
                .filter(i -> Double.isFinite(series.x()[i] + series.y()[i]))
                .toArray();
        return IntStream.concat(
                        IntStream.of(Order.evenly(finite.length, POINTS)).map(i -> finite[i]),
                        IntStream.range(0, series.x().length).filter(i -> Double.isNaN(series.x()[i])))
                .sorted()
                .toArray();
    }

    private static Map<String, Object> marks(List<Mark> marks) {
        List<Object> data = new ArrayList<>();
        marks.forEach(mark -> data.add(named(mark.name(), "xAxis", number(mark.at()))));
        Map<String, Object> options = parsed(MARKS);
        options.put("data", data);
        return options;
    }

    /** Returns a rounded number, or null if it is not finite. */
    private static BigDecimal number(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS) : null;
    }

    private static Map<String, Object> named(String name, String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>(Map.of("name", name));
        map.put(key, value); // may be null
        return map;
    }
}
