package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.registry.Entry.Kind;
import io.github.sparklatent.app.registry.mlflow.MlflowException;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment;
import io.github.sparklatent.app.registry.mlflow.MlflowModel;
import io.github.sparklatent.app.registry.mlflow.MlflowServer;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a registry on an MLflow server: each version as a run and a version of a registered model, each refused table
 * as a run, the decisions as tags, and the champion and the one before it as the aliases {@code champion} and
 * {@code previous}.
 *
 * <p>The log of the registry stays the only truth, because MLflow sets an alias without a condition, so two publishers
 * could not exclude each other there. An update is computed from the whole log and repeated until the log is the same
 * before and after it. Whatever an interrupted update left out, the next one adds.
 */
final class MlflowMirror {
    /** Tag of the registered model with the path of the registry. */
    static final String REGISTRY = "spark_latent_registry";

    private static final Logger LOG = LoggerFactory.getLogger(MlflowMirror.class);
    private static final String CHAMPION = "champion";
    private static final String PREVIOUS = "previous";

    /** Waits before an update is tried again. A longer outage is left to the next command. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final Registry registry;
    private final String uri;
    private final List<Duration> pauses;
    private final MlflowModel model;
    private final MlflowRuns runs;

    /**
     * Creates the mirror without a request.
     *
     * @param section settings with the address of a server
     * @param environment the variables with the credentials
     * @param pauses waits before each further attempt of an update
     */
    MlflowMirror(Registry registry, RegistrySection section, Map<String, String> environment, List<Duration> pauses) {
        this.registry = registry;
        this.uri = section.mlflow().orElseThrow();
        this.pauses = pauses;
        MlflowServer server = new MlflowServer(uri, environment);
        this.model = new MlflowModel(server, section.mlflowName());
        this.runs = new MlflowRuns(
                registry.versions(), new MlflowExperiment(server, section.mlflowName()), model, section.mlflowReport());
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
            versions.putIfAbsent(version.tags().getOrDefault(MlflowRuns.RUN, ""), version);
        }
        Map<String, String> tags = Map.of(REGISTRY, shownPath());
        for (Entry entry : history.entries()) {
            if (entry.kind() == Kind.TRAIN
                    && entry.accepted()
                    && !versions.containsKey(entry.runId())
                    && registry.versions().holds(entry.runId())) {
                versions.put(entry.runId(), runs.addVersion(entry, tags));
                LOG.info("version {} is now in MLflow at {}", entry.runId(), uri);
            }
        }
        runs.addRefused(history.refused(), tags);
        for (Map.Entry<String, MlflowModel.Version> version : versions.entrySet()) {
            Optional<Entry> compared = history.newest(Kind.COMPARE, version.getKey());
            if (compared.isPresent()) {
                runs.addDecision(compared.get(), version.getValue());
            }
            model.tag(version.getValue(), decisions(history, version.getKey()));
        }
        model.alias(registered, CHAMPION, history.champion().map(versions::get));
        model.alias(registered, PREVIOUS, history.previous().map(versions::get));
    }

    /** Returns the path of the registry as everybody may see it. */
    private String shownPath() {
        return Redaction.of(registry.path());
    }

    /** Returns what the log says about a run. */
    private static Map<String, String> decisions(History history, String runId) {
        Map<String, String> tags = new TreeMap<>();
        history.newest(Kind.COMPARE, runId).ifPresent(entry -> tags.putAll(MlflowRuns.decision(entry)));
        history.newest(Kind.PUBLISH, runId)
                .ifPresent(entry -> tags.put("published", entry.time().toString()));
        if (history.pruned().contains(runId)) {
            tags.put("pruned", "true");
        }
        return tags;
    }
}
