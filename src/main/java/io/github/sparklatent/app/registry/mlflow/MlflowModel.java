package io.github.sparklatent.app.registry.mlflow;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The registered model of one name on an MLflow server. Each method can be repeated: it first asks for what it would
 * create, except that {@code create} makes a new version.
 */
public final class MlflowModel {
    private static final int MAX_RESULTS = 200;

    private static final int MAX_DESCRIPTION = 5000;

    /** Begin of the source of a version that is a logged model. */
    private static final String LOGGED = "models:/";

    private final MlflowServer server;
    private final String name;

    /**
     * A version of the registered model.
     *
     * @param number its number as text
     */
    public record Version(String number, String source, String description, Map<String, String> tags) {
        /** Returns the identifier of the logged model that the version is. */
        public Optional<String> loggedModel() {
            return source.startsWith(LOGGED) ? Optional.of(source.substring(LOGGED.length())) : Optional.empty();
        }
    }

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
            server.post(
                    "registered-models/set-tag",
                    Json.object("name", name, "key", key, "value", Answers.shortened(value)));
            Map<String, Object> experiment = server.get("experiments/get-by-name", Map.of("experiment_name", name));
            server.post(
                    "experiments/set-experiment-tag",
                    Json.object(
                            "experiment_id", Answers.text(Answers.child(experiment, "experiment"), "experiment_id"),
                            "key", key,
                            "value", Answers.shortened(value)));
        } catch (MlflowException e) {
            if (!e.isMissing()) {
                throw e;
            }
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
            server.post("registered-models/create", Json.object("name", name, "tags", Answers.pairs(tags)));
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
                    Answers.child(server.get("registered-models/get", Map.of("name", name)), "registered_model");
            Map<String, String> aliases = new HashMap<>();
            for (Map<String, Object> alias : Answers.list(model, "aliases")) {
                aliases.put(Answers.text(alias, "alias"), Answers.text(alias, "version"));
            }
            return Optional.of(new Registered(Answers.tags(model), aliases));
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
            for (Map<String, Object> version : Answers.list(answer, "model_versions")) {
                versions.add(new Version(
                        Answers.text(version, "version"),
                        String.valueOf(version.getOrDefault("source", "")),
                        String.valueOf(version.getOrDefault("description", "")),
                        Answers.tags(version)));
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

    /**
     * Creates a version of the registered model.
     *
     * @param source where the files of the model are
     */
    public Version create(MlflowExperiment.Run run, String source, Map<String, String> tags) throws IOException {
        return create(
                Json.object("name", name, "source", source, "run_id", run.id(), "tags", Answers.pairs(tags)), tags);
    }

    /** Creates a version of the registered model from a logged model. */
    public Version create(MlflowExperiment.Run run, MlflowExperiment.LoggedModel model, Map<String, String> tags)
            throws IOException {
        return create(
                Json.object(
                        "name", name,
                        "source", LOGGED + model.id(),
                        "model_id", model.id(),
                        "run_id", run.id(),
                        "tags", Answers.pairs(tags)),
                tags);
    }

    private Version create(Map<String, Object> request, Map<String, String> tags) throws IOException {
        Map<String, Object> version = Answers.child(server.post("model-versions/create", request), "model_version");
        return new Version(Answers.text(version, "version"), (String) request.get("source"), "", tags);
    }

    /** Sets the description of a version. Does nothing if it has this one. */
    public void describe(Version version, String text) throws IOException {
        String description = Answers.shortened(text, MAX_DESCRIPTION);
        if (!description.equals(version.description())) {
            server.patch(
                    "model-versions/update",
                    Json.object("name", name, "version", version.number(), "description", description));
        }
    }

    /** Sets those tags of a version that have another value. */
    public void tag(Version version, Map<String, String> tags) throws IOException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            String value = Answers.shortened(tag.getValue());
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
}
