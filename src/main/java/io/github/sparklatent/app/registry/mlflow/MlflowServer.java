package io.github.sparklatent.app.registry.mlflow;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Requests to an MLflow server, by version 2.0 of its REST interface, which MLflow 2 and 3 have. */
public final class MlflowServer {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Bytes a second at which an upload is given up. */
    private static final long SLOWEST = 100_000;

    private final String uri;
    private final Optional<String> authorization;
    // Some servers lose the body of a request that offers HTTP/2.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * Creates the access to a server without a request.
     *
     * @param uri address, such as {@code http://host:5000}
     * @param environment the variables with the credentials, by the names that MLflow's own clients use:
     *     {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}
     */
    public MlflowServer(String uri, Map<String, String> environment) {
        this.uri = uri.replaceFirst("/+$", "");
        this.authorization = authorization(environment);
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        String user = environment.get("MLFLOW_TRACKING_USERNAME");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        return user == null
                ? Optional.ofNullable(environment.get("MLFLOW_TRACKING_TOKEN")).map(token -> "Bearer " + token)
                : Optional.of("Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    Map<String, Object> get(String method, Map<String, String> parameters) throws IOException {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
        return send("GET", "/api/2.0/mlflow/" + method + query, JSON, BodyPublishers.noBody());
    }

    Map<String, Object> post(String method, Map<String, Object> body) throws IOException {
        return send("POST", "/api/2.0/mlflow/" + method, JSON, text(body));
    }

    Map<String, Object> patch(String method, Map<String, Object> body) throws IOException {
        return send("PATCH", "/api/2.0/mlflow/" + method, JSON, text(body));
    }

    Map<String, Object> delete(String method, Map<String, Object> body) throws IOException {
        return send("DELETE", "/api/2.0/mlflow/" + method, JSON, text(body));
    }

    private static BodyPublisher text(Map<String, Object> body) {
        return BodyPublishers.ofString(Json.line(body));
    }

    /**
     * Stores a file through the server's proxy of artifacts.
     *
     * @param path path below the root of the artifacts
     * @param bytes number of bytes of the file
     */
    void put(String path, long bytes, Supplier<InputStream> content) throws IOException {
        BodyPublisher body = bytes == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), bytes);
        String file = encoded(path).replace("%2F", "/").replace("+", "%20");
        // The time of an answer includes the upload.
        Duration limit = ANSWER.plusSeconds(bytes / SLOWEST);
        send("PUT", "/api/2.0/mlflow-artifacts/artifacts/" + file, BYTES, body, limit);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Map<String, Object> send(String verb, String path, String type, BodyPublisher body) throws IOException {
        return send(verb, path, type, body, ANSWER);
    }

    private Map<String, Object> send(String verb, String path, String type, BodyPublisher body, Duration limit)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri + path))
                .timeout(limit)
                .header("Content-Type", type)
                .method(verb, body);
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (IOException e) {
            throw new IOException("%s %s%s: %s".formatted(verb, uri, plain(path), reason(e)), e);
        }
        Map<String, Object> object = object(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new MlflowException(
                    answer.statusCode(),
                    String.valueOf(object.getOrDefault("error_code", answer.statusCode())),
                    "%s %s%s: HTTP %d, %s"
                            .formatted(
                                    verb,
                                    uri,
                                    plain(path),
                                    answer.statusCode(),
                                    object.getOrDefault("message", "without a message")));
        }
        return object;
    }

    /** A refused connection has no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? "no connection" : e.getMessage();
    }

    private static String plain(String path) {
        return path.replaceFirst("\\?.*", "");
    }

    /** Returns the fields of an answer; none of a page for readers, such as a proxy's. */
    private static Map<String, Object> object(String text) {
        try {
            return text.isBlank() ? Map.of() : Json.parse(text);
        } catch (DataException e) {
            return Map.of();
        }
    }
}
