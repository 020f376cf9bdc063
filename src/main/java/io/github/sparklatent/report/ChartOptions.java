package io.github.sparklatent.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Mark;
import io.github.sparklatent.report.Chart.Scale;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.format.Order;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes the options of Apache ECharts for a chart. Colours that follow the theme of the page are names of variables of
 * its style sheet, which the script of the page replaces. It also adds the parts that are functions: the texts shown on
 * hover.
 */
final class ChartOptions {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String INK = "var(--ink)";
    private static final String MUTED = "var(--muted)";
    private static final String GRID = "var(--grid)";
    private static final String PAPER = "var(--paper)";

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
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("animation", false);
        options.put("textStyle", Map.of("color", MUTED, "fontFamily", "inherit"));
        options.put("legend", legend(chart));
        options.put("tooltip", tooltip(plane));
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
        return map(
                "show",
                names.size() > 1,
                "data",
                List.copyOf(names),
                "left",
                0,
                "top",
                0,
                "icon",
                "roundRect",
                "itemWidth",
                11,
                "itemHeight",
                11,
                "inactiveColor",
                GRID,
                "textStyle",
                Map.of("color", INK));
    }

    private static Map<String, Object> tooltip(boolean plane) {
        return map(
                "trigger",
                plane ? "item" : "axis",
                "confine",
                true,
                "backgroundColor",
                PAPER,
                "borderColor",
                GRID,
                "textStyle",
                Map.of("color", INK, "fontSize", 13),
                "axisPointer",
                Map.of("type", "line", "lineStyle", Map.of("color", MUTED)));
    }

    /** Returns the zoom by the wheel with the control key, and by the buttons. */
    private static List<Map<String, Object>> zoom(boolean plane) {
        List<Map<String, Object>> zoom = new ArrayList<>();
        zoom.add(inside("xAxisIndex"));
        if (plane) {
            zoom.add(inside("yAxisIndex"));
        }
        return zoom;
    }

    private static Map<String, Object> inside(String axis) {
        return map(
                "type",
                "inside",
                axis,
                0,
                "filterMode",
                "none",
                "zoomOnMouseWheel",
                "ctrl",
                "moveOnMouseMove",
                false,
                "preventDefaultMouseMove",
                false);
    }

    private static Map<String, Object> horizontal(Chart chart) {
        Map<String, Object> axis = axis(chart.x());
        axis.put("nameLocation", "middle");
        axis.put("nameGap", 28);
        axis.put("axisTick", Map.of("lineStyle", Map.of("color", GRID)));
        axis.put("splitLine", Map.of("show", isPlane(chart), "lineStyle", Map.of("color", GRID)));
        return axis;
    }

    private static Map<String, Object> vertical(Axis y) {
        Map<String, Object> axis = axis(y);
        axis.put("nameLocation", "end");
        axis.put("nameGap", 10);
        axis.put("splitLine", Map.of("lineStyle", Map.of("color", GRID)));
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
        options.put("nameTextStyle", Map.of("color", MUTED));
        options.put(
                "axisLabel",
                map(
                        "color",
                        MUTED,
                        "hideOverlap",
                        true,
                        "showMinLabel",
                        isRound(axis.least()),
                        "showMaxLabel",
                        isRound(axis.largest())));
        options.put("axisLine", Map.of("onZero", false, "lineStyle", Map.of("color", GRID)));
        return options;
    }

    /** Returns whether an end of an axis needs no digits that would stand out among its labels. */
    private static boolean isRound(double end) {
        return Double.isNaN(end) || end == Math.rint(end);
    }

    private static Map<String, Object> series(Series series) {
        Map<String, Object> options =
                map("name", series.name(), "data", data(series), "color", Palette.css(series.colour()));
        switch (series.kind()) {
            case LINE, DASHED -> {
                options.put("type", "line");
                options.put("showSymbol", isPoint(series));
                options.put("symbol", "circle");
                options.put("symbolSize", 7);
                options.put("lineStyle", stroke(series));
                options.put("emphasis", Map.of("disabled", true));
            }
            case STEPS -> {
                options.put("type", "line");
                options.put("step", "middle");
                options.put("showSymbol", series.y().length == 1);
                options.put("lineStyle", stroke(series));
                options.put("emphasis", Map.of("disabled", true));
            }
            case DOTS -> {
                options.put("type", "scatter");
                options.put("symbolSize", series.size());
                options.put("itemStyle", Map.of("opacity", series.y().length > 1 ? 0.6 : 1));
            }
            case BADGES -> {
                options.put("type", "scatter");
                options.put("symbolSize", series.size());
                options.put("z", 5);
                options.put("itemStyle", Map.of("borderColor", PAPER, "borderWidth", 1.5, "opacity", 1));
                options.put(
                        "label",
                        map(
                                "show",
                                true,
                                "position",
                                "inside",
                                "formatter",
                                "{b}",
                                "fontWeight",
                                "bold",
                                "fontSize",
                                11,
                                "color",
                                Palette.css(Palette.textOn(series.colour()))));
            }
            case BARS, STACKED -> {
                options.put("type", "bar");
                options.put("barMaxWidth", 60);
                options.put("barCategoryGap", "24%");
                options.put("barGap", "0%");
                if (series.kind() == Kind.STACKED) {
                    options.put("stack", "all");
                }
                if (series.x().length > 0) { // a histogram
                    options.put("barWidth", "92%");
                    options.remove("barMaxWidth");
                }
            }
        }
        return options;
    }

    private static Map<String, Object> stroke(Series series) {
        return Map.of("width", series.size(), "type", series.kind() == Kind.DASHED ? "dashed" : "solid");
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
            points.add(
                    series.labels().isEmpty()
                            ? point
                            : map("name", series.labels().get(i), "value", point));
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
        marks.forEach(mark -> data.add(map("xAxis", number(mark.at()), "name", mark.name())));
        return map(
                "symbol",
                "none",
                "silent",
                true,
                "lineStyle",
                Map.of("color", MUTED, "type", "dotted", "width", 1),
                "label",
                map(
                        "formatter",
                        "{b}",
                        "position",
                        "insideEndBottom",
                        "color",
                        MUTED,
                        "textBorderColor",
                        PAPER,
                        "textBorderWidth",
                        3),
                "data",
                data);
    }

    /** Returns a rounded number, or null if it is not finite. */
    private static BigDecimal number(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS) : null;
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
