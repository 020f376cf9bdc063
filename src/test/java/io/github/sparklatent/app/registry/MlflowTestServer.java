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
    }

    final Map<String, Run> runs = new LinkedHashMap<>();
    final List<Version> versions = new ArrayList<>();
    final Map<String, String> aliases = new TreeMap<>();
    final Map<String, String> modelTags = new TreeMap<>();
    final Map<String, byte[]> artifacts = new TreeMap<>();
    final List<String> requests = new ArrayList<>();

    private final HttpServer server;
    private final boolean proxy;
    private String experiment;
    private String model;
    private String authorization;
    private int failAt;
    private int refused;
    private boolean readable;

    /**
     * Starts the server at a free port of this machine.
     *
     * @param proxy whether it stores artifacts itself
     */
    public MlflowTestServer(boolean proxy) throws IOException {
        this.proxy = proxy;
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
                yield Map.of("experiment", Map.of("experiment_id", "7", "name", experiment));
            }
            case "POST experiments/create" -> {
                absent(experiment == null, "experiment");
                experiment = text(in, "name");
                yield Map.of("experiment_id", "7");
            }
            case "POST runs/search" -> {
                String filter = text(in, "filter");
                List<Object> found = new ArrayList<>();
                runs.forEach((id, run) -> {
                    String own = "tags.spark_latent_run = '%s'";
                    if (filter.equals(own.formatted(run.tags.get("spark_latent_run")))) {
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
                text(in, "key");
                yield Map.of();
            }
            case "GET model-versions/search" -> {
                require(text(in, "filter").equals("name='" + model + "'"), "no model");
                yield page(in.getOrDefault("page_token", "") + "");
            }
            case "POST model-versions/create" -> created(in);
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
            default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND", request);
        };
    }

    /** Pages of two versions, so that a reader has to ask for more. */
    private Map<String, Object> page(String token) {
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int to = Math.min(versions.size(), from + 2);
        List<Object> found = new ArrayList<>();
        for (int i = from; i < to; i++) {
            found.add(Json.object(
                    "name", model, "version", (i + 1) + "", "tags", pairs(versions.get(i).tags, "key", "value")));
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
            run.metrics
                    .computeIfAbsent(text(metric, "key"), key -> new TreeMap<>())
                    .put(Long.valueOf(text(metric, "step")), ((Number) metric.get("value")).doubleValue());
        }
        return Map.of();
    }

    private Map<String, Object> shown(String id) {
        return Map.of("info", Map.of("run_id", id, "artifact_uri", artifactsOf(id)));
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
