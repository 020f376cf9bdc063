package io.github.sparklatent.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines of a name and what there is to say, one below the other. */
final class Lines {
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("elbo", "ELBO"),
                    Map.entry("kl", "KL"),
                    Map.entry("logLikelihood", "log-likelihood"),
                    Map.entry("meanSquaredError", "mean squared error"),
                    Map.entry("meanLogLikelihood", "mean log-likelihood"),
                    Map.entry("nmi", "NMI"),
                    Map.entry("ari", "ARI"),
                    Map.entry("bic", "BIC"),
                    Map.entry("aic", "AIC"),
                    Map.entry(Comparison.SIMILARITY, "SSIM"),
                    Map.entry(Comparison.FRECHET, "Fréchet distance"),
                    Map.entry(Comparison.PERCEPTUAL, "perceptual distance"));

    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    void add(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-9s ", name))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    /** Adds a line of sentences, the first five, if there are any. */
    void addNotes(String name, List<String> sentences) {
        if (!sentences.isEmpty()) {
            add(name, "%s", sentences.stream().limit(5).collect(Collectors.joining("; ")));
        }
    }

    /** Adds a line for each entry of a JSON object that says where a model comes from. */
    void addOrigin(String origin) {
        Json.parse(origin)
                .forEach(
                        (name, value) ->
                                add(
                                        "origin",
                                        "%s = %s",
                                        name,
                                        value instanceof String text ? text : Json.line(value)));
    }

    /** {@code 1 round}, {@code 2 rounds}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Measures by the names that people give them. */
    static String measures(Map<String, Object> measures) {
        return measures.entrySet().stream()
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.4f",
                                        NAMES.getOrDefault(entry.getKey(), entry.getKey()),
                                        entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Seconds by part. */
    static String seconds(Phases phases) {
        return phases.rounded().entrySet().stream()
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT, "%s %.1f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
