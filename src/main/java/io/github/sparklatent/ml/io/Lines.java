package io.github.sparklatent.ml.io;

import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Text output of lines, each with a name at the beginning. */
public final class Lines {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("alertRate", "alert rate"),
            Map.entry("costOfNone", "cost of none"),
            Map.entry("costOfAll", "cost of all"),
            Map.entry("elbo", "ELBO"),
            Map.entry("kl", "KL"),
            Map.entry("logLikelihood", "log-likelihood"),
            Map.entry("meanSquaredError", "mean squared error"),
            Map.entry("bitsPerValue", "bits per value"),
            Map.entry("activeUnits", "active units"),
            Map.entry("meanLogLikelihood", "mean log-likelihood"),
            Map.entry("meanLogPredictiveDensity", "mean log predictive density"),
            Map.entry("nmi", "NMI"),
            Map.entry("ari", "ARI"),
            Map.entry("bic", "BIC"),
            Map.entry("ssim", "SSIM"),
            Map.entry("frechetDistance", "Fréchet distance"),
            Map.entry("perceptualDistance", "perceptual distance"));

    /** The smallest figure that is shown with an exponent. */
    private static final double LARGE = 1e15;

    private final StringBuilder text = new StringBuilder();

    /** Returns the lines of a result. */
    public static Lines of(Result result) {
        Lines lines = new Lines();
        result.lines().forEach(line -> lines.add(line.name(), "%s", line.text()));
        return lines;
    }

    /** Adds a line. */
    public void add(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-9s ", name))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    /** Adds a line with the first few of the sentences, if there are any. */
    public void addNotes(String name, List<String> sentences) {
        if (!sentences.isEmpty()) {
            add(name, "%s", Words.notes(sentences));
        }
    }

    /** Adds a line for each entry of the JSON object of a model's origin. */
    public void addOrigin(String origin) {
        Json.parse(origin)
                .forEach((name, value) ->
                        add("origin", "%s = %s", name, value instanceof String text ? text : Json.line(value)));
    }

    /** Adds the lines of another text. */
    public void addAll(Lines more) {
        text.append(more.text);
    }

    /** Returns a number with a noun: {@code 1 round}, {@code 2 rounds}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns measures with readable names, separated by commas. */
    public static String measures(Map<String, Object> measures) {
        return measures.entrySet().stream()
                .map(entry -> NAMES.getOrDefault(entry.getKey(), entry.getKey()) + " " + figure(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Formats a figure; a very large one has an exponent. */
    private static String figure(Object value) {
        boolean large = value instanceof Double number && Math.abs(number) >= LARGE;
        return String.format(
                Locale.ROOT, value instanceof Long || value instanceof Integer ? "%d" : large ? "%.4e" : "%.4f", value);
    }

    /** Returns the seconds of the phases, separated by commas. */
    public static String seconds(Map<String, Double> phases) {
        return phases.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.1f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
