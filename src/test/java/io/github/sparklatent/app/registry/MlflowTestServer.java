package io.github.sparklatent.app.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * A server with the part of MLflow's REST interface that the registry uses, after its specification
 * (https://mlflow.org/docs/latest/rest-api.html), with its limits and its refusals.
 */
public final class MlflowTestServer implements AutoCloseable {
    /** A refusal. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Refusal(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    /** A run. */
    static final class Run {
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, String> params = new TreeMap<>();
        final Map<String, Map<Long, Double>> metrics = new TreeMap<>();
        final List<String> datasets = new ArrayList<>();
        final List<String> models = new ArrayList<>();
        String name;
        String status = "RUNNING";
        long start;
        long end;
    }

    /** A version of the registered model. */
    static final class Version {
        final Map<String, String> tags = new TreeMap<>();
        String source;
        String run;
        String description = "";
    }

    /** A logged model of MLflow 3. */
    static final class LoggedModel {
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, String> params = new TreeMap<>();
        final Map<String, String> metrics = new TreeMap<>();
        String name;
        String type;
        String run;
        String status = "LOGGED_MODEL_PENDING";
    }

    final Map<String, Run> runs = new LinkedHashMap<>();
    final Map<String, LoggedModel> logged = new LinkedHashMap<>();
    final Map<String, String> experimentTags = new TreeMap<>();
    final List<Version> versions = new ArrayList<>();
    final Map<String, String> aliases = new TreeMap<>();
    final Map<String, String> modelTags = new TreeMap<>();
    final Map<String, byte[]> artifacts = new TreeMap<>();
    final List<String> requests = new ArrayList<>();

    private final HttpServer server;
    private final boolean proxy;
    private final int release;
    private String experiment;
    private String model;
    private String authorization;
    private int failAt;
    private int refused;
    private boolean readable;

    /** Starts a server of MLflow 3 that stores artifacts itself at a free port of this machine. */
    public MlflowTestServer() throws IOException {
        this(true, 3);
    }

    /**
     * Starts the server at a free port of this machine.
     *
     * @param proxy whether it stores artifacts itself
     * @param release 2 or 3
     */
    MlflowTestServer(boolean proxy, int release) throws IOException {
        this.proxy = proxy;
        this.release = release;
        // Otherwise each answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** Returns the address. */
    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the run of the champion, and the number of versions. */
    public synchronized String shown() {
        String champion = Optional.ofNullable(aliases.get("champion"))
                .map(number -> versions.get(Integer.parseInt(number) - 1))
                .map(version -> version.tags.get("spark_latent_run"))
                .orElse("none");
        return "%s of %d versions".formatted(champion, versions.size());
    }

    /** Returns what the server shows about a run of the registry; "none" if it has no such run. */
    public synchronized String decision(String run) {
        return runs.values().stream()
                .filter(shown -> run.equals(shown.tags.get("spark_latent_run")))
                .map(shown -> shown.status + " " + shown.tags.get("decision"))
                .findFirst()
                .orElse("none");
    }

    /** Returns the names of the stored files. */
    public synchronized List<String> files() {
        return List.copyOf(artifacts.keySet());
    }

    /** Refuses requests without this header. */
    void requireAuthorization(String header) {
        authorization = header;
    }

    /**
     * Refuses requests.
     *
     * @param with status of the answers
     * @param writes whether requests that read are answered
     */
    synchronized void refuse(int with, boolean writes) {
        refused = with;
        readable = writes;
    }

    /** Fails the request of this number, from 1, counted from now. */
    synchronized void failAt(int request) {
        requests.clear();
        failAt = request;
    }

    @Override
    public void close() {
        server.stop(0);
        ((java.util.concurrent.ExecutorService) server.getExecutor()).shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        Map<String, Object> answer;
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                answer = served(exchange, body);
            } catch (Refusal e) {
                status = e.status;
                answer = Json.object("error_code", e.code, "message", e.getMessage());
            }
            byte[] text = Json.line(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, text.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text);
            }
        }
    }

    private synchronized Map<String, Object> served(HttpExchange exchange, byte[] body) throws Refusal {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " " + path.replace("/api/2.0/mlflow/", "");
        requests.add(request);
        if (requests.size() == failAt) {
            throw new Refusal(503, "TEMPORARILY_UNAVAILABLE", "injected fault");
        }
        if (refused > 0 && !(readable && request.startsWith("GET "))) {
            throw new Refusal(refused, "PERMISSION_DENIED", "Permission denied");
        }
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null && !authorization.equals(sent)) {
            throw new Refusal(401, "UNAUTHENTICATED", "credentials are missing or wrong");
        }
        String artifact = "PUT /api/2.0/mlflow-artifacts/artifacts/";
        if (request.startsWith(artifact)) {
            if (!proxy) {
                throw new Refusal(503, "NOT_IMPLEMENTED", "started without --serve-artifacts");
            }
            artifacts.put(request.substring(artifact.length()), body);
            return Map.of();
        }
        return handled(
                request,
                exchange.getRequestMethod().equals("GET")
                        ? query(exchange.getRequestURI().getRawQuery())
                        : Json.parse(new String(body, StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> query(String raw) {
        Map<String, Object> values = new HashMap<>();
        for (String pair : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private Map<String, Object> handled(String request, Map<String, Object> in) throws Refusal {
        return switch (request) {
            case "GET experiments/get-by-name" -> {
                require(text(in, "experiment_name").equals(experiment), "no experiment");
                yield Map.of(
                        "experiment",
                        Json.object(
                                "experiment_id",
                                "7",
                                "name",
                                experiment,
                                "tags",
                                pairs(experimentTags, "key", "value")));
            }
            case "POST experiments/create" -> {
                absent(experiment == null, "experiment");
                experiment = text(in, "name");
                tags(in, experimentTags);
                yield Map.of("experiment_id", "7");
            }
            case "POST runs/search" -> {
                List<Object> found = new ArrayList<>();
                runs.forEach((id, run) -> {
                    if (isFound(in, run.tags)) {
                        found.add(shown(id));
                    }
                });
                yield found.isEmpty() ? Map.of() : Map.of("runs", found);
            }
            case "POST runs/create" -> {
                require(text(in, "experiment_id").equals("7"), "no experiment");
                Run run = new Run();
                run.name = text(in, "run_name");
                run.start = Long.parseLong(text(in, "start_time"));
                tags(in, run.tags);
                String id = "run" + runs.size();
                runs.put(id, run);
                yield Map.of("run", shown(id));
            }
            case "POST runs/log-batch" -> logged(in);
            case "POST runs/update" -> {
                run(in).status = text(in, "status");
                run(in).end = Long.parseLong(text(in, "end_time"));
                yield Map.of("run_info", Map.of());
            }
            case "GET registered-models/get" -> {
                require(text(in, "name").equals(model), "no model");
                yield Map.of(
                        "registered_model",
                        Json.object(
                                "name", model,
                                "tags", pairs(modelTags, "key", "value"),
                                "aliases", pairs(aliases, "alias", "version")));
            }
            case "POST registered-models/create" -> {
                absent(model == null, "model");
                model = text(in, "name");
                tags(in, modelTags);
                yield Map.of("registered_model", Map.of("name", model));
            }
            case "POST registered-models/set-tag" -> {
                require(text(in, "name").equals(model), "no model");
                modelTags.put(text(in, "key"), text(in, "value"));
                yield Map.of();
            }
            case "POST experiments/set-experiment-tag" -> {
                require(text(in, "experiment_id").equals("7"), "no experiment");
                experimentTags.put(text(in, "key"), text(in, "value"));
                yield Map.of();
            }
            case "GET model-versions/search" -> {
                require(text(in, "filter").equals("name='" + model + "'"), "no model");
                yield page(in.getOrDefault("page_token", "") + "");
            }
            case "POST model-versions/create" -> created(in);
            case "PATCH model-versions/update" -> {
                version(in).description = text(in, "description");
                yield Map.of();
            }
            case "POST model-versions/set-tag" -> {
                version(in).tags.put(text(in, "key"), text(in, "value"));
                yield Map.of();
            }
            case "POST registered-models/alias" -> {
                version(in);
                aliases.put(text(in, "alias"), text(in, "version"));
                yield Map.of();
            }
            case "DELETE registered-models/alias" -> {
                aliases.remove(text(in, "alias"));
                yield Map.of();
            }
            case "POST runs/log-inputs" -> inputs(in);
            default -> {
                if (release < 3) {
                    throw new Refusal(404, "ENDPOINT_NOT_FOUND", request);
                }
                yield handledSince3(request, in);
            }
        };
    }

    @SuppressWarnings("unchecked") // a wrong request fails the test
    private Map<String, Object> handledSince3(String request, Map<String, Object> in) throws Refusal {
        switch (request) {
            case "POST logged-models/search" -> {
                List<Object> found = new ArrayList<>();
                logged.forEach((id, one) -> {
                    if (isFound(in, one.tags)) {
                        found.add(shownModel(id));
                    }
                });
                return Map.of("models", found);
            }
            case "POST logged-models" -> {
                LoggedModel added = new LoggedModel();
                added.name = text(in, "name");
                if (added.name.matches(".*[/:.%\"'].*")) {
                    throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid model name");
                }
                added.type = text(in, "model_type");
                added.run = text(in, "source_run_id");
                tags(in, added.tags);
                tags(Map.of("tags", in.get("params")), added.params);
                String id = "m-" + logged.size();
                logged.put(id, added);
                return Map.of("model", shownModel(id));
            }
            case "POST runs/outputs" -> {
                for (Map<String, Object> one : (List<Map<String, Object>>) in.get("models")) {
                    String id = text(one, "model_id");
                    require(logged.containsKey(id), "no model");
                    if (run(in).models.contains(id)) {
                        throw new Refusal(400, "BAD_REQUEST", "UNIQUE constraint failed");
                    }
                    run(in).models.add(id);
                }
                return Map.of();
            }
            default -> {
                LoggedModel one = logged.get(request.replace("PATCH logged-models/", ""));
                if (one == null) {
                    throw new Refusal(404, "ENDPOINT_NOT_FOUND", request);
                }
                one.status = text(in, "status");
                return Map.of();
            }
        }
    }

    private static boolean isFound(Map<String, Object> search, Map<String, String> tags) {
        return tags.entrySet().stream()
                .anyMatch(tag -> search.get("filter").equals("tags." + tag.getKey() + " = '" + tag.getValue() + "'"));
    }

    private Map<String, Object> shownModel(String id) {
        return Map.of(
                "info", Map.of("model_id", id, "artifact_uri", "mlflow-artifacts:/7/models/" + id + "/artifacts"));
    }

    @SuppressWarnings("unchecked") // a wrong request fails the test
    private Map<String, Object> inputs(Map<String, Object> in) throws Refusal {
        for (Map<String, Object> input : (List<Map<String, Object>>) in.get("datasets")) {
            Map<String, Object> dataset = (Map<String, Object>) input.get("dataset");
            if (text(dataset, "digest").length() > 36) {
                throw new Refusal(400, "INVALID_PARAMETER_VALUE", "digest");
            }
            String shown =
                    "%s %s %s".formatted(text(dataset, "name"), text(dataset, "digest"), text(dataset, "source"));
            if (!run(in).datasets.contains(shown)) {
                run(in).datasets.add(shown);
            }
        }
        return Map.of();
    }

    /** Pages of two versions, so that a reader has to ask for more. */
    private Map<String, Object> page(String token) {
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int to = Math.min(versions.size(), from + 2);
        List<Object> found = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Version version = versions.get(i);
            found.add(Json.object(
                    "name",
                    model,
                    "version",
                    (i + 1) + "",
                    "source",
                    version.source,
                    "description",
                    version.description,
                    "tags",
                    pairs(version.tags, "key", "value")));
        }
        Map<String, Object> answer = Json.object("model_versions", found);
        if (to < versions.size()) {
            answer.put("next_page_token", to + "");
        }
        return answer;
    }

    private Map<String, Object> created(Map<String, Object> in) throws Refusal {
        require(text(in, "name").equals(model), "no model");
        Version version = new Version();
        version.run = text(in, "run_id");
        version.source = text(in, "source");
        String own = artifactsOf(version.run);
        run(in);
        if (version.source.startsWith("models:/")) {
            LoggedModel one = logged.get(version.source.substring("models:/".length()));
            require(one != null && one.status.equals("LOGGED_MODEL_READY"), "no model that is ready");
        }
        if (version.source.matches("/.*|file:.*") && !version.source.startsWith(own)) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid model version source: '" + version.source + "'");
        }
        tags(in, version.tags);
        versions.add(version);
        return Map.of("model_version", Map.of("name", model, "version", versions.size() + ""));
    }

    @SuppressWarnings("unchecked") // a wrong request fails the test
    private Map<String, Object> logged(Map<String, Object> in) throws Refusal {
        Run run = run(in);
        var params = (List<Map<String, Object>>) in.getOrDefault("params", List.of());
        var metrics = (List<Map<String, Object>>) in.getOrDefault("metrics", List.of());
        if (in.containsKey("tags")) {
            tags(in, run.tags);
        }
        if (params.size() > 100 || metrics.size() > 1000) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "too many values in one request");
        }
        for (Map<String, Object> param : params) {
            String value = text(param, "value");
            String before = run.params.put(text(param, "key"), value);
            if (value.length() > 500 || before != null && !before.equals(value)) {
                throw new Refusal(400, "INVALID_PARAMETER_VALUE", "param " + param);
            }
        }
        for (Map<String, Object> metric : metrics) {
            text(metric, "timestamp");
            if (release >= 3 && metric.containsKey("model_id")) {
                logged.get(text(metric, "model_id"))
                        .metrics
                        .put(text(metric, "key"), metric.getOrDefault("dataset_digest", "no table") + "");
            }
            run.metrics
                    .computeIfAbsent(text(metric, "key"), key -> new TreeMap<>())
                    .put(Long.valueOf(text(metric, "step")), ((Number) metric.get("value")).doubleValue());
        }
        return Map.of();
    }

    private Map<String, Object> shown(String id) {
        Run run = runs.get(id);
        List<Object> models = new ArrayList<>();
        run.models.forEach(model -> models.add(Map.of("model_id", model)));
        return Map.of(
                "info", Map.of("run_id", id, "artifact_uri", artifactsOf(id)),
                "data", Map.of("tags", pairs(run.tags, "key", "value")),
                "outputs", Map.of("model_outputs", models));
    }

    private String artifactsOf(String id) {
        return (proxy ? "mlflow-artifacts:" : "") + "/7/" + id + "/artifacts";
    }

    private Run run(Map<String, Object> in) throws Refusal {
        Run run = runs.get(text(in, "run_id"));
        require(run != null, "no run");
        return run;
    }

    private Version version(Map<String, Object> in) throws Refusal {
        require(text(in, "name").equals(model), "no model");
        int number = Integer.parseInt(text(in, "version"));
        require(number >= 1 && number <= versions.size(), "no version");
        return versions.get(number - 1);
    }

    private static String text(Map<String, Object> in, String field) throws Refusal {
        if (in.get(field) == null) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "missing " + field);
        }
        return in.get(field) + "";
    }

    @SuppressWarnings("unchecked") // a wrong request fails the test
    private static void tags(Map<String, Object> in, Map<String, String> into) throws Refusal {
        for (Map<String, Object> tag : (List<Map<String, Object>>) in.get("tags")) {
            into.put(text(tag, "key"), text(tag, "value"));
        }
    }

    private static List<Map<String, Object>> pairs(Map<String, String> values, String key, String value) {
        return values.entrySet().stream()
                .map(entry -> Json.object(key, entry.getKey(), value, entry.getValue()))
                .toList();
    }

    private static void require(boolean there, String message) throws Refusal {
        if (!there) {
            throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", message);
        }
    }

    private static void absent(boolean absent, String what) throws Refusal {
        if (!absent) {
            throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", what + " exists");
        }
    }
}
