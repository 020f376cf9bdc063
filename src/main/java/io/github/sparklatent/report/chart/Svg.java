package io.github.sparklatent.report.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * Converts a chart to SVG markup inside a page. XChart's own output is a separate file with 15
 * digits per number, a style on every element, a line as hundreds of segments, and ids that clash
 * if a page has two charts. This class removes the prolog, keeps two decimals, groups neighbours of
 * equal style, joins segments into polylines, prefixes ids with the chart's id, and replaces the
 * neutral colours of {@link Palette} by variables of the page. Equal charts give equal text.
 */
public final class Svg {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:E-?\\d+)?|-0(?![\\d.])");
    private static final Pattern CLIP = Pattern.compile("clip-?[0-9a-zA-Z]+(?=[\")])");
    private static final Pattern STYLE = Pattern.compile(" style=\"([^\"]*)\"");
    private static final Pattern SHAPE =
            Pattern.compile("<(line|path|rect|ellipse|circle|polyline|polygon) .*/>");
    private static final Pattern ENDS =
            Pattern.compile("x1=\"(\\S+)\" x2=\"(\\S+)\" y1=\"(\\S+)\" y2=\"(\\S+)\"");
    private static final Map<String, String> VARIABLES =
            Map.of(
                    "rgb(1,2,3)", "var(--ink)",
                    "rgb(1,2,4)", "var(--muted)",
                    "rgb(1,2,5)", "var(--grid)",
                    "rgb(1,2,6)", "var(--paper)");

    private final StringBuilder out = new StringBuilder();
    private final List<String> polyline = new ArrayList<>();
    private String style = "";

    private Svg() {}

    /**
     * Returns the chart's markup.
     *
     * @param id prefix of the ids inside; unique on the page
     */
    public static String of(IChart chart, String id) {
        String body;
        try {
            body = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a chart as SVG to memory", e);
        }
        return new Svg().compact(withOwnIds(body, id), chart.getWidth(), chart.getHeight());
    }

    private String compact(String text, int width, int height) {
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" aria-hidden=\"true\" focusable=\"false\">"
                        .formatted(width, height));
        int body = text.indexOf('>', text.indexOf("<svg")) + 1;
        text.substring(body, text.lastIndexOf("</svg>"))
                .lines()
                .map(String::strip)
                .forEach(this::element);
        share("");
        return out.append("</svg>").toString();
    }

    private void element(String line) {
        if (!SHAPE.matcher(line).matches()) {
            share("");
            out.append(rounded(line));
            return;
        }
        Matcher found = STYLE.matcher(line);
        String own = found.find() ? shortStyle(found.group(1)) : "";
        String bare = rounded(found.replaceFirst(""));
        if (own.contains("fill-opacity:0;") && own.contains("stroke:none;")) {
            return;
        }
        share(own);
        Matcher ends = ENDS.matcher(bare);
        if (ends.find()) {
            segment(ends.group(1) + "," + ends.group(3), ends.group(2) + "," + ends.group(4));
        } else {
            endPolyline();
            out.append(bare);
        }
    }

    /** Starts a group with the given style for the elements that follow, if the style changes. */
    private void share(String next) {
        if (next.equals(style)) {
            return;
        }
        endPolyline();
        if (!style.isEmpty()) {
            out.append("</g>");
        }
        if (!next.isEmpty()) {
            out.append("<g style=\"").append(next).append("\">");
        }
        style = next;
    }

    private void segment(String from, String to) {
        if (!polyline.isEmpty() && !polyline.get(polyline.size() - 1).equals(from)) {
            endPolyline();
        }
        if (polyline.isEmpty()) {
            polyline.add(from);
        }
        polyline.add(to);
    }

    private void endPolyline() {
        if (!polyline.isEmpty()) {
            out.append("<polyline points=\"").append(String.join(" ", polyline)).append("\"/>");
            polyline.clear();
        }
    }

    private static String shortStyle(String style) {
        String text =
                style.replace("stroke-miterlimit:10;", "").replace("stroke-linejoin:bevel;", "");
        for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
            text = text.replace(variable.getKey(), variable.getValue());
        }
        return rounded(text);
    }

    private static String withOwnIds(String text, String id) {
        Map<String, String> names = new HashMap<>();
        return CLIP.matcher(text)
                .replaceAll(
                        m ->
                                names.computeIfAbsent(
                                        m.group(), clip -> id + "-clip" + (names.size() + 1)));
    }

    private static String rounded(String text) {
        return NUMBER.matcher(text).replaceAll(m -> rounded(new BigDecimal(m.group())));
    }

    private static String rounded(BigDecimal number) {
        BigDecimal value = number.setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }
}
