package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.job.ResultWriter;
import io.github.sparklatent.app.registry.Entry.Kind;
import io.github.sparklatent.app.registry.mlflow.MlflowException;
import io.github.sparklatent.app.registry.mlflow.MlflowModel;
import io.github.sparklatent.app.registry.mlflow.MlflowServer;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a registry on an MLflow server: each version as a run and a version of a registered model, the decisions as
 * tags, and the champion and the one before it as the aliases {@code champion} and {@code previous}.
 *
 * <p>The log of the registry stays the only truth, because MLflow sets an alias without a condition, so two publishers
 * could not exclude each other there. An update is computed from the whole log and repeated until the log is the same
 * before and after it. Whatever an interrupted update left out, the next one adds.
 */
final class MlflowMirror {
    /** Tag of a run and of a version with the run of the registry. */
    static final String RUN = "spark_latent_run";

    /** Tag of the registered model with the path of the registry. */
    static final String REGISTRY = "spark_latent_registry";

    private static final Logger LOG = LoggerFactory.getLogger(MlflowMirror.class);
    private static final String CHAMPION = "champion";
    private static final String PREVIOUS = "previous";

    /** Tag of a version with the time of the comparison whose figures its run has. */
    private static final String COMPARED = "compared";

    /** Waits before an update is tried again. A longer outage is left to the next command. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final Registry registry;
    private final String uri;
    private final List<Duration> pauses;
    private final MlflowModel model;

    /**
     * Creates the mirror without a request.
     *
     * @param environment the variables with the credentials
     * @param pauses waits before each further attempt of an update
     */
    MlflowMirror(Registry registry, String uri, String name, Map<String, String> environment, List<Duration> pauses) {
        this.registry = registry;
        this.uri = uri;
        this.pauses = pauses;
        this.model = new MlflowModel(new MlflowServer(uri, environment), name);
    }

    /**
     * Makes the server show what the log says. A server that does not answer is a warning, because version and champion
     * are whole in the registry, and the next update shows them.
     *
     * @throws UncheckedIOException if the server refuses a request
     * @throws UsageException if the server's model shows another registry, or the server refuses the credentials
     */
    void update() {
        for (int attempt = 0; ; attempt++) {
            try {
                showAll();
                return;
            } catch (IOException e) {
                requireAccess(e);
                String message =
                        "the registry has recorded the decision, but the MLflow server at %s was not updated (%s)"
                                .formatted(Redaction.of(uri), ExitCodes.firstLine(e.getMessage()));
                String next = "the next train, compare, retrain, publish or prune updates it";
                if (e instanceof MlflowException answer && !answer.isOutage()) {
                    throw new UncheckedIOException(message + "; " + next, e);
                }
                if (attempt == pauses.size() || !waited(pauses.get(attempt))) {
                    LOG.warn("{}; {}", message, next);
                    return;
                }
            }
        }
    }

    /** Waits, and returns false if the thread is interrupted. */
    private static boolean waited(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void showAll() throws IOException {
        History shown;
        do {
            shown = registry.history();
            show(shown);
        } while (registry.history().next() != shown.next());
    }

    private void requireAccess(IOException e) {
        if (e instanceof MlflowException answer && answer.isAccessRefused()) {
            throw new UsageException(
                    "the MLflow server at %s refuses the credentials (%s), expected those of a user who may edit the experiment and the model of registry.mlflow.name; set the environment variables MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
                            .formatted(Redaction.of(uri), ExitCodes.firstLine(e.getMessage())));
        }
    }

    /**
     * Requires that the server's model, if there is one, shows this registry. A server that does not answer is a
     * warning, because the training does not depend on it.
     *
     * @throws UsageException if it shows another one, or the server refuses the credentials
     */
    void requireOwn() {
        try {
            Optional<MlflowModel.Registered> registered = model.registered();
            registered.ifPresent(this::requireOwn);
            if (registered.isPresent()) {
                model.requireEditable(REGISTRY, shownPath());
            }
        } catch (IOException e) {
            requireAccess(e);
            LOG.warn(
                    "the MLflow server at {} does not answer, so it may not show this run: {}",
                    Redaction.of(uri),
                    ExitCodes.firstLine(e.getMessage()));
        }
    }

    private void requireOwn(MlflowModel.Registered registered) {
        String owner = registered.tags().getOrDefault(REGISTRY, "another program");
        if (!owner.equals(shownPath())) {
            throw new UsageException(
                    "registry.mlflow.name names a model that shows the registry \"%s\", expected \"%s\"; set another name"
                            .formatted(owner, shownPath()));
        }
    }

    private void show(History history) throws IOException {
        MlflowModel.Registered registered = model.registered(Map.of(REGISTRY, shownPath()));
        requireOwn(registered);
        Map<String, MlflowModel.Version> versions = new HashMap<>();
        for (MlflowModel.Version version : model.versions()) {
            // Two processes that add a run at once make two versions. The first one counts.
            versions.putIfAbsent(version.tags().getOrDefault(RUN, ""), version);
        }
        for (Entry entry : history.entries()) {
            if (entry.kind() == Kind.TRAIN
                    && entry.accepted()
                    && !versions.containsKey(entry.runId())
                    && registry.versions().holds(entry.runId())) {
                versions.put(entry.runId(), add(entry));
            }
        }
        for (Map.Entry<String, MlflowModel.Version> version : versions.entrySet()) {
            Optional<Entry> compared = history.newest(Kind.COMPARE, version.getKey());
            if (compared.isPresent()) {
                addGate(compared.get(), version.getValue());
            }
            model.tag(version.getValue(), decisions(history, version.getKey()));
        }
        model.alias(registered, CHAMPION, history.champion().map(versions::get));
        model.alias(registered, PREVIOUS, history.previous().map(versions::get));
    }

    /**
     * Adds the figures of a comparison to the run of a version. The tag follows them, so that an interrupted update
     * adds them again.
     */
    private void addGate(Entry compared, MlflowModel.Version version) throws IOException {
        String at = compared.time().toString();
        if (at.equals(version.tags().get(COMPARED))) {
            return;
        }
        Optional<MlflowModel.Run> run = model.run(model.experiment(), RUN, compared.runId());
        if (run.isPresent()) {
            List<MlflowModel.Metric> metrics = new ArrayList<>();
            add(metrics, "gate", compared.figures(), 0, compared.time().toEpochMilli());
            model.log(run.get(), Map.of(), metrics);
            model.tag(version, Map.of(COMPARED, at));
        }
    }

    /** Returns the path of the registry as everybody may see it. */
    private String shownPath() {
        return Redaction.of(registry.path());
    }

    /** Adds a version. It is created last, so that it marks its run as complete. */
    private MlflowModel.Version add(Entry trained) throws IOException {
        String runId = trained.runId();
        long end = trained.time().toEpochMilli();
        Map<String, Object> figures = registry.versions()
                .read(runId, ResultWriter.METRICS)
                .map(Json::parse)
                .orElse(Map.of());
        String experiment = model.experiment();
        Map<String, String> tags = Map.of(RUN, runId, REGISTRY, shownPath());
        Optional<MlflowModel.Run> started = model.run(experiment, RUN, runId);
        MlflowModel.Run run = started.isPresent()
                ? started.get()
                : model.create(experiment, runId, end - milliseconds(figures), tags);
        model.log(run, params(figures), metrics(runId, figures, end));
        String version = registry.versions().path(runId);
        String source = Redaction.of(version) + "/" + SavedModels.DIRECTORY;
        if (run.artifacts().startsWith(MlflowModel.PROXY)) {
            for (Versions.VersionFile file : registry.versions().files(runId)) {
                model.upload(run, file.name(), file.bytes(), file.content());
            }
            source = run.artifacts() + "/" + SavedModels.DIRECTORY;
        }
        model.finish(run, end);
        LOG.info("version {} is now in MLflow at {}", runId, uri);
        // MLflow's own clients know the scheme s3 only.
        return model.create(run, source.replaceFirst("^s3a:", "s3:"), tags);
    }

    /** Returns how long the training took, from reading to writing. */
    private static long milliseconds(Map<String, Object> figures) {
        return figures.get("seconds") instanceof Map<?, ?> seconds
                ? Math.round(1000
                        * seconds.values().stream()
                                .filter(Number.class::isInstance)
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .sum())
                : 0;
    }

    /** Returns the options of the training. */
    private static Map<String, String> params(Map<String, Object> figures) {
        Map<String, String> params = new TreeMap<>();
        if (figures.get("origin") instanceof Map<?, ?> origin) {
            flatten("", origin.get("options"), params);
        }
        return params;
    }

    /** Returns the figures of the result, and those of each round with its number as the step. */
    private List<MlflowModel.Metric> metrics(String runId, Map<String, Object> figures, long time) {
        List<MlflowModel.Metric> metrics = new ArrayList<>();
        add(metrics, "train", figures.get("train"), 0, time);
        add(metrics, "holdout", figures.get("holdout"), 0, time);
        List<String> rounds = registry.versions().read(runId, ResultWriter.ROUNDS).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
        for (int i = 0; i < rounds.size(); i++) {
            add(metrics, "rounds", Json.parse(rounds.get(i)), i + 1L, time);
        }
        return metrics;
    }

    private static void add(List<MlflowModel.Metric> metrics, String prefix, Object value, long step, long time) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> add(metrics, prefix + "." + key, child, step, time));
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            metrics.add(new MlflowModel.Metric(prefix, number.doubleValue(), step, time));
        }
    }

    private static void flatten(String prefix, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> flatten(prefix.isEmpty() ? key + "" : prefix + "." + key, child, into));
        } else if (value != null) {
            into.put(prefix, value instanceof String text ? text : Json.line(value));
        }
    }

    /** Returns what the log says about a run. */
    private static Map<String, String> decisions(History history, String runId) {
        Map<String, String> tags = new TreeMap<>();
        history.newest(Kind.COMPARE, runId).ifPresent(entry -> {
            tags.put("decision", entry.accepted() ? "accepted" : "rejected");
            tags.put("compared_with", entry.champion().orElse("none"));
            tags.put("reasons", String.join("; ", entry.reasons()));
        });
        history.newest(Kind.PUBLISH, runId)
                .ifPresent(entry -> tags.put("published", entry.time().toString()));
        if (history.pruned().contains(runId)) {
            tags.put("pruned", "true");
        }
        return tags;
    }
}
