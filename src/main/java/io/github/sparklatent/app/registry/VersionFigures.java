package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.job.ResultWriter;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment.Dataset;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment.Metric;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.ml.io.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of a version, as an MLflow server takes them. */
final class VersionFigures {
    private final Map<String, Object> figures;
    private final List<String> rounds;
    private final long time;

    /**
     * Reads the figures of a version.
     *
     * @param time milliseconds since 1970 at which the training ended
     */
    VersionFigures(Versions versions, String runId, long time) {
        this.figures =
                versions.read(runId, ResultWriter.METRICS).map(Json::parse).orElse(Map.of());
        this.rounds = versions.read(runId, ResultWriter.ROUNDS).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
        this.time = time;
    }

    /** Returns when the training started, from the seconds of its parts. */
    long start() {
        double seconds = section(figures, "seconds").values().stream()
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
        return time - Math.round(1000 * seconds);
    }

    /** Returns the type of the model; "unknown" if the figures do not name it. */
    String modelType() {
        return String.valueOf(section(figures, "model").getOrDefault("type", "unknown"));
    }

    /** Returns an entry of the origin. */
    Optional<String> origin(String name) {
        return Optional.ofNullable(section(figures, "origin").get(name)).map(String::valueOf);
    }

    /** Returns the options of the training. */
    Map<String, String> params() {
        Map<String, String> params = new TreeMap<>();
        flatten("", section(figures, "origin").get("options"), params);
        return params;
    }

    /** Returns the table of the training; absent if the figures have no fingerprint of its rows. */
    Optional<Dataset> dataset() {
        Map<String, Object> data = section(section(section(figures, "origin"), "options"), "data");
        List<String> paths = data.get("path") instanceof List<?> list
                ? list.stream().map(path -> Redaction.of(String.valueOf(path))).toList()
                : List.of();
        Map<String, Object> source = new LinkedHashMap<>();
        if (!paths.isEmpty()) {
            source.put("path", paths.size() == 1 ? paths.get(0) : paths);
        }
        for (String key : List.of("table", "format")) {
            if (data.get(key) instanceof String text) {
                source.put(key, text);
            }
        }
        Map<String, Object> read = section(section(figures, "origin"), "dataVersions");
        for (String key : List.of("data.table", "data.path")) {
            section(read, key).forEach((name, value) -> {
                if (!name.equals("table")) {
                    source.put(name, value);
                }
            });
        }
        String place = data.get("table") instanceof String table
                ? table
                : paths.stream().findFirst().orElse("table");
        String name = place.replaceFirst("/+$", "").replaceFirst(".*/", "");
        return origin("dataFingerprint").map(digest -> new Dataset(name, digest, source));
    }

    /** Returns the figures of the training rows and of the held-out rows. */
    List<Metric> ofModel() {
        List<Metric> metrics = new ArrayList<>();
        add(metrics, "train", figures.get("train"), 0, time);
        add(metrics, "holdout", figures.get("holdout"), 0, time);
        return metrics;
    }

    /** Returns the figures of each round with its number as the step. */
    List<Metric> ofRounds() {
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            add(metrics, "rounds", Json.parse(rounds.get(i)), i + 1L, time);
        }
        return metrics;
    }

    /** Returns the figures of a comparison. */
    static List<Metric> ofGate(Entry compared) {
        List<Metric> metrics = new ArrayList<>();
        add(metrics, "gate", compared.figures(), 0, compared.time().toEpochMilli());
        return metrics;
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    private static Map<String, Object> section(Map<String, Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static void add(List<Metric> metrics, String prefix, Object value, long step, long time) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> add(metrics, prefix + "." + key, child, step, time));
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            metrics.add(new Metric(prefix, number.doubleValue(), step, time));
        }
    }

    private static void flatten(String prefix, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> flatten(prefix.isEmpty() ? key + "" : prefix + "." + key, child, into));
        } else if (value != null) {
            into.put(prefix, value instanceof String text ? text : Json.line(value));
        }
    }
}
