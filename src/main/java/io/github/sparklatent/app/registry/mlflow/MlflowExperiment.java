package io.github.sparklatent.app.registry.mlflow;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The experiment of one name on an MLflow server: its runs and, since MLflow 3, its logged models. Each method can be
 * repeated, except that {@code create} makes a new run.
 */
public final class MlflowExperiment {
    /** Scheme of the address of a run's artifacts if the server passes them on. */
    public static final String PROXY = "mlflow-artifacts:";

    /** Tag of an experiment by which MLflow 3 shows pages for models, and not for prompts and traces. */
    private static final String KIND = "mlflow.experimentKind";

    private static final String MODELS = "custom_model_development";

    /** The most metrics, and the most params, that one request may log. */
    private static final int MAX_METRICS = 1000;

    private static final int MAX_PARAMS = 100;

    private final MlflowServer server;
    private final String name;
    private String id;

    /**
     * A run of MLflow.
     *
     * @param id MLflow's identifier
     * @param artifacts address of its artifacts
     * @param models identifiers of the logged models that it has put out
     */
    public record Run(String id, String artifacts, Map<String, String> tags, List<String> models) {}

    /**
     * A logged model, which MLflow has since version 3.
     *
     * @param id MLflow's identifier
     * @param artifacts address of its artifacts
     */
    public record LoggedModel(String id, String artifacts) {}

    /**
     * A figure of a run.
     *
     * @param time milliseconds since 1970
     */
    public record Metric(String key, double value, long step, long time) {}

    /**
     * The table of a training.
     *
     * @param digest up to 36 characters
     * @param source where the table is
     */
    public record Dataset(String name, String digest, Map<String, Object> source) {}

    /** Creates the access without a request. */
    public MlflowExperiment(MlflowServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Returns the identifier of the experiment, which is created if it does not exist. */
    private String id() throws IOException {
        if (id == null) {
            Optional<String> found = found();
            id = found.isPresent() ? found.get() : created();
        }
        return id;
    }

    private Optional<String> found() throws IOException {
        Map<String, Object> found;
        try {
            found = Answers.child(server.get("experiments/get-by-name", Map.of("experiment_name", name)), "experiment");
        } catch (MlflowException e) {
            if (!e.isMissing()) {
                throw e;
            }
            return Optional.empty();
        }
        String number = Answers.text(found, "experiment_id");
        if (!Answers.tags(found).containsKey(KIND)) {
            server.post(
                    "experiments/set-experiment-tag",
                    Json.object("experiment_id", number, "key", KIND, "value", MODELS));
        }
        return Optional.of(number);
    }

    private String created() throws IOException {
        try {
            return Answers.text(
                    server.post(
                            "experiments/create",
                            Json.object("name", name, "tags", Answers.pairs(Map.of(KIND, MODELS)))),
                    "experiment_id");
        } catch (MlflowException e) {
            if (e.isPresent()) { // another process was first
                return found().orElseThrow(() -> e);
            }
            throw e;
        }
    }

    /** Returns the run that has a tag, the first of several. */
    public Optional<Run> run(String tag, String value) throws IOException {
        return runs(tag, value, 1).stream().findFirst();
    }

    /** Returns the runs that have a tag, oldest first, at most some number. */
    public List<Run> runs(String tag, String value, int most) throws IOException {
        Map<String, Object> answer = server.post(
                "runs/search",
                Json.object(
                        "experiment_ids",
                        List.of(id()),
                        "filter",
                        filter(tag, value),
                        "order_by",
                        List.of("attributes.start_time ASC"),
                        "max_results",
                        most));
        List<Run> runs = new ArrayList<>();
        for (Map<String, Object> run : Answers.list(answer, "runs")) {
            runs.add(run(run));
        }
        return runs;
    }

    private static String filter(String tag, String value) {
        return "tags." + tag + " = '" + value + "'";
    }

    /**
     * Creates a run.
     *
     * @param start milliseconds since 1970
     */
    public Run create(String shown, long start, Map<String, String> tags) throws IOException {
        return run(Answers.child(
                server.post(
                        "runs/create",
                        Json.object(
                                "experiment_id",
                                id(),
                                "run_name",
                                shown,
                                "start_time",
                                start,
                                "tags",
                                Answers.pairs(tags))),
                "run"));
    }

    private static Run run(Map<String, Object> run) throws IOException {
        Map<String, Object> info = Answers.child(run, "info");
        List<String> models = new ArrayList<>();
        if (run.containsKey("outputs")) {
            for (Map<String, Object> model : Answers.list(Answers.child(run, "outputs"), "model_outputs")) {
                models.add(Answers.text(model, "model_id"));
            }
        }
        Map<String, String> tags = run.containsKey("data") ? Answers.tags(Answers.child(run, "data")) : Map.of();
        return new Run(Answers.text(info, "run_id"), Answers.text(info, "artifact_uri"), tags, models);
    }

    /** Logs the tags and the params of a run, in as many requests as the server's limits ask. */
    public void log(Run run, Map<String, String> tags, Map<String, String> params) throws IOException {
        if (!tags.isEmpty()) {
            server.post("runs/log-batch", Json.object("run_id", run.id(), "tags", Answers.pairs(tags)));
        }
        List<Map<String, Object>> pairs = Answers.pairs(params);
        for (int from = 0; from < pairs.size(); from += MAX_PARAMS) {
            int to = Math.min(pairs.size(), from + MAX_PARAMS);
            server.post("runs/log-batch", Json.object("run_id", run.id(), "params", pairs.subList(from, to)));
        }
    }

    /**
     * Logs the metrics of a run, in as many requests as the server's limits ask.
     *
     * @param model identifier of the logged model that they are about; absent: of none
     * @param dataset table that they were measured on; absent: unknown
     */
    public void log(Run run, List<Metric> metrics, Optional<String> model, Optional<Dataset> dataset)
            throws IOException {
        for (int from = 0; from < metrics.size(); from += MAX_METRICS) {
            int to = Math.min(metrics.size(), from + MAX_METRICS);
            List<Map<String, Object>> batch = metrics.subList(from, to).stream()
                    .map(metric -> {
                        Map<String, Object> object = Json.object(
                                "key", metric.key(),
                                "value", metric.value(),
                                "timestamp", metric.time(),
                                "step", metric.step());
                        model.ifPresent(id -> object.put("model_id", id));
                        dataset.ifPresent(table ->
                                object.putAll(Map.of("dataset_name", table.name(), "dataset_digest", table.digest())));
                        return object;
                    })
                    .toList();
            server.post("runs/log-batch", Json.object("run_id", run.id(), "metrics", batch));
        }
    }

    /** Logs the table that a run has read. */
    public void read(Run run, Dataset dataset) throws IOException {
        server.post(
                "runs/log-inputs",
                Json.object(
                        "run_id",
                        run.id(),
                        "datasets",
                        List.of(Json.object(
                                "dataset",
                                Json.object(
                                        "name", dataset.name(),
                                        "digest", dataset.digest(),
                                        "source_type", "spark",
                                        "source", Json.line(dataset.source())),
                                "tags",
                                Answers.pairs(Map.of("mlflow.data.context", "training"))))));
    }

    /**
     * Returns the logged model that has a tag, which is created if it does not exist; nothing on a server of MLflow 2.
     *
     * @param source run that has made the model
     * @param shown name of the logged model
     * @param type type of the model
     * @param tag key of the tag in tags by which the model is found
     */
    public Optional<LoggedModel> loggedModel(
            Run source, String shown, String type, String tag, Map<String, String> tags, Map<String, String> params)
            throws IOException {
        List<Map<String, Object>> found;
        try {
            found = Answers.list(
                    server.post(
                            "logged-models/search",
                            Json.object("experiment_ids", List.of(id()), "filter", filter(tag, tags.get(tag)))),
                    "models");
        } catch (MlflowException e) {
            if (e.isUnknownRequest()) {
                return Optional.empty();
            }
            throw e;
        }
        List<Map<String, Object>> first = Answers.pairs(params);
        Map<String, Object> model = found.isEmpty()
                ? Answers.child(
                        server.post(
                                "logged-models",
                                Json.object(
                                        "experiment_id", id(),
                                        // The server refuses a name with a dot.
                                        "name", shown.replace('.', '_'),
                                        "model_type", type,
                                        "source_run_id", source.id(),
                                        "params", first.subList(0, Math.min(MAX_PARAMS, first.size())),
                                        "tags", Answers.pairs(tags))),
                        "model")
                : found.get(0);
        Map<String, Object> info = Answers.child(model, "info");
        return Optional.of(new LoggedModel(Answers.text(info, "model_id"), Answers.text(info, "artifact_uri")));
    }

    /** Marks a logged model as an output of its run, and as complete. */
    public void finish(Run run, LoggedModel model) throws IOException {
        if (!run.models().contains(model.id())) { // the server refuses a second time
            server.post(
                    "runs/outputs",
                    Json.object("run_id", run.id(), "models", List.of(Json.object("model_id", model.id(), "step", 0))));
        }
        server.patch(
                "logged-models/" + model.id(), Json.object("model_id", model.id(), "status", "LOGGED_MODEL_READY"));
    }

    /**
     * Stores a file, on a server that passes artifacts on.
     *
     * @param artifacts address of the artifacts of a run or of a logged model
     * @param file path below that address
     */
    public void upload(String artifacts, String file, long bytes, Supplier<InputStream> content) throws IOException {
        String root = URI.create(artifacts).getPath().replaceFirst("^/+", "");
        server.put(root + "/" + file, bytes, content);
    }

    /**
     * Marks a run as ended.
     *
     * @param status FINISHED or FAILED
     * @param end milliseconds since 1970
     */
    public void finish(Run run, String status, long end) throws IOException {
        server.post("runs/update", Json.object("run_id", run.id(), "status", status, "end_time", end));
    }
}
