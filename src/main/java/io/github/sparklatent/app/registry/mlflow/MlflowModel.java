package io.github.sparklatent.app.registry.mlflow;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The experiment and the registered model of one name on an MLflow server. Each method can be repeated: it first asks
 * for what it would create.
 */
public final class MlflowModel {
    /** Scheme of the address of a run's artifacts if the server passes them on. */
    public static final String PROXY = "mlflow-artifacts:";

    private static final int MAX_RESULTS = 200;

    /** The most metrics, and the most params, that one request may log. */
    private static final int MAX_METRICS = 1000;

    private static final int MAX_PARAMS = 100;

    /** The longest value that all versions of MLflow 2 accept for a param and a tag. */
    private static final int MAX_TEXT = 500;

    private final MlflowServer server;
    private final String name;

    /**
     * A run of MLflow.
     *
     * @param id MLflow's identifier
     * @param artifacts address of its artifacts
     */
    public record Run(String id, String artifacts) {}

    /**
     * A version of the registered model.
     *
     * @param number its number as text
     */
    public record Version(String number, Map<String, String> tags) {}

    /**
     * A figure of a run.
     *
     * @param time milliseconds since 1970
     */
    public record Metric(String key, double value, long step, long time) {}

    /** Creates the access without a request. */
    public MlflowModel(MlflowServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Requires that the user may edit the experiment and the registered model, by setting a tag of each. What does not
     * exist is left out.
     */
    public void requireEditable(String key, String value) throws IOException {
        try {
            server.post("registered-models/set-tag", Json.object("name", name, "key", key, "value", shortened(value)));
            Map<String, Object> experiment = server.get("experiments/get-by-name", Map.of("experiment_name", name));
            server.post(
                    "experiments/set-experiment-tag",
                    Json.object(
                            "experiment_id", text(child(experiment, "experiment"), "experiment_id"),
                            "key", key,
                            "value", shortened(value)));
        } catch (MlflowException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    /** Returns the identifier of the experiment, which is created if it does not exist. */
    public String experiment() throws IOException {
        try {
            return text(
                    child(server.get("experiments/get-by-name", Map.of("experiment_name", name)), "experiment"),
                    "experiment_id");
        } catch (MlflowException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
        try {
            return text(server.post("experiments/create", Map.of("name", name)), "experiment_id");
        } catch (MlflowException e) {
            if (e.isPresent()) { // another process was first
                return experiment();
            }
            throw e;
        }
    }

    /**
     * Returns the tags and the aliases of the registered model, which is created if it does not exist.
     *
     * @param tags tags of a new model
     */
    public Registered registered(Map<String, String> tags) throws IOException {
        Optional<Registered> found = registered();
        if (found.isPresent()) {
            return found.get();
        }
        try {
            server.post("registered-models/create", Json.object("name", name, "tags", pairs(tags)));
            return new Registered(tags, Map.of());
        } catch (MlflowException e) {
            if (e.isPresent()) {
                return registered(tags);
            }
            throw e;
        }
    }

    /** Returns the tags and the aliases of the registered model, or nothing if there is none. */
    public Optional<Registered> registered() throws IOException {
        try {
            Map<String, Object> model =
                    child(server.get("registered-models/get", Map.of("name", name)), "registered_model");
            Map<String, String> aliases = new HashMap<>();
            for (Map<String, Object> alias : list(model, "aliases")) {
                aliases.put(text(alias, "alias"), text(alias, "version"));
            }
            return Optional.of(new Registered(tags(model), aliases));
        } catch (MlflowException e) {
            if (!e.isMissing()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The tags of the registered model, and the numbers of its versions by alias. */
    public record Registered(Map<String, String> tags, Map<String, String> aliases) {}

    /** Returns all versions, lowest number first. */
    public List<Version> versions() throws IOException {
        List<Version> versions = new ArrayList<>();
        Map<String, String> parameters =
                new TreeMap<>(Map.of("filter", "name='" + name + "'", "max_results", "" + MAX_RESULTS));
        String page;
        do {
            Map<String, Object> answer = server.get("model-versions/search", parameters);
            for (Map<String, Object> version : list(answer, "model_versions")) {
                versions.add(new Version(text(version, "version"), tags(version)));
            }
            page = String.valueOf(answer.getOrDefault("next_page_token", ""));
            parameters.put("page_token", page);
        } while (!page.isEmpty());
        versions.sort((a, b) -> Long.compare(number(a), number(b)));
        return versions;
    }

    private static long number(Version version) {
        return Long.parseLong(version.number());
    }

    /** Returns the run that has a tag, if there is one. */
    public Optional<Run> run(String experiment, String tag, String value) throws IOException {
        Map<String, Object> answer = server.post(
                "runs/search",
                Json.object(
                        "experiment_ids",
                        List.of(experiment),
                        "filter",
                        "tags." + tag + " = '" + value + "'",
                        "order_by",
                        List.of("attributes.start_time ASC"),
                        "max_results",
                        1));
        List<Map<String, Object>> runs = list(answer, "runs");
        return runs.isEmpty() ? Optional.empty() : Optional.of(run(runs.get(0)));
    }

    /**
     * Creates a run.
     *
     * @param start milliseconds since 1970
     */
    public Run create(String experiment, String shown, long start, Map<String, String> tags) throws IOException {
        return run(child(
                server.post(
                        "runs/create",
                        Json.object(
                                "experiment_id", experiment,
                                "run_name", shown,
                                "start_time", start,
                                "tags", pairs(tags))),
                "run"));
    }

    private static Run run(Map<String, Object> run) throws IOException {
        Map<String, Object> info = child(run, "info");
        return new Run(text(info, "run_id"), text(info, "artifact_uri"));
    }

    /** Logs the params and the metrics of a run, in as many requests as the server's limits ask. */
    public void log(Run run, Map<String, String> params, List<Metric> metrics) throws IOException {
        List<Map<String, Object>> pairs = pairs(params);
        for (int from = 0; from < pairs.size(); from += MAX_PARAMS) {
            int to = Math.min(pairs.size(), from + MAX_PARAMS);
            server.post("runs/log-batch", Json.object("run_id", run.id(), "params", pairs.subList(from, to)));
        }
        for (int from = 0; from < metrics.size(); from += MAX_METRICS) {
            int to = Math.min(metrics.size(), from + MAX_METRICS);
            List<Map<String, Object>> batch = metrics.subList(from, to).stream()
                    .map(metric -> Json.object(
                            "key", metric.key(),
                            "value", metric.value(),
                            "timestamp", metric.time(),
                            "step", metric.step()))
                    .toList();
            server.post("runs/log-batch", Json.object("run_id", run.id(), "metrics", batch));
        }
    }

    /**
     * Stores a file with a run, on a server that passes artifacts on.
     *
     * @param file path below the run's artifacts
     */
    public void upload(Run run, String file, long bytes, Supplier<InputStream> content) throws IOException {
        String root = URI.create(run.artifacts()).getPath().replaceFirst("^/+", "");
        server.put(root + "/" + file, bytes, content);
    }

    /**
     * Marks a run as finished.
     *
     * @param end milliseconds since 1970
     */
    public void finish(Run run, long end) throws IOException {
        server.post("runs/update", Json.object("run_id", run.id(), "status", "FINISHED", "end_time", end));
    }

    /** Creates a version of the registered model. */
    public Version create(Run run, String source, Map<String, String> tags) throws IOException {
        Map<String, Object> version = child(
                server.post(
                        "model-versions/create",
                        Json.object("name", name, "source", source, "run_id", run.id(), "tags", pairs(tags))),
                "model_version");
        return new Version(text(version, "version"), tags);
    }

    /** Sets those tags of a version that have another value. */
    public void tag(Version version, Map<String, String> tags) throws IOException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            String value = shortened(tag.getValue());
            if (!value.equals(version.tags().get(tag.getKey()))) {
                server.post(
                        "model-versions/set-tag",
                        Json.object("name", name, "version", version.number(), "key", tag.getKey(), "value", value));
            }
        }
    }

    /** Sets an alias, or deletes it. Does nothing if it has this version. */
    public void alias(Registered registered, String alias, Optional<Version> version) throws IOException {
        Optional<String> wanted = version.map(Version::number);
        Optional<String> found = Optional.ofNullable(registered.aliases().get(alias));
        if (wanted.equals(found)) {
            return;
        }
        if (wanted.isPresent()) {
            server.post("registered-models/alias", Json.object("name", name, "alias", alias, "version", wanted.get()));
        } else {
            server.delete("registered-models/alias", Json.object("name", name, "alias", alias));
        }
    }

    private static List<Map<String, Object>> pairs(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> Json.object("key", entry.getKey(), "value", shortened(entry.getValue())))
                        .toList();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 3) + "...";
    }

    private static Map<String, String> tags(Map<String, Object> object) throws IOException {
        Map<String, String> tags = new HashMap<>();
        for (Map<String, Object> tag : list(object, "tags")) {
            tags.put(text(tag, "key"), text(tag, "value"));
        }
        return tags;
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    private static List<Map<String, Object>> list(Map<String, Object> object, String field) throws IOException {
        Object found = object.getOrDefault(field, List.of());
        if (found instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            return (List<Map<String, Object>>) list;
        }
        throw missing(field);
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    private static Map<String, Object> child(Map<String, Object> object, String field) throws IOException {
        if (object.get(field) instanceof Map<?, ?> child) {
            return (Map<String, Object>) child;
        }
        throw missing(field);
    }

    private static String text(Map<String, Object> object, String field) throws IOException {
        if (object.get(field) == null) {
            throw missing(field);
        }
        return String.valueOf(object.get(field));
    }

    private static IOException missing(String field) {
        return new MlflowException(
                200, "", "the answer has no field \"%s\", expected that of an MLflow server".formatted(field));
    }
}
