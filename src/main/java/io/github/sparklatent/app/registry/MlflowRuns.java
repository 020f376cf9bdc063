package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.job.ResultWriter;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment.Dataset;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment.LoggedModel;
import io.github.sparklatent.app.registry.mlflow.MlflowExperiment.Run;
import io.github.sparklatent.app.registry.mlflow.MlflowModel;
import io.github.sparklatent.app.registry.mlflow.ModelFiles;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the runs of a registry to an MLflow server: figures, files, decisions and versions of the registered model. */
final class MlflowRuns {
    /** Tag of a run, of a logged model and of a version with the run of the registry. */
    static final String RUN = "spark_latent_run";

    private static final Logger LOG = LoggerFactory.getLogger(MlflowRuns.class);
    private static final String DECISION = "decision";
    private static final String REASONS = "reasons";
    private static final String REFUSED = "refused";

    /** Tag of a version with the time of the comparison whose figures its run has. */
    private static final String COMPARED = "compared";

    /** Directory of a model on the server with the saved model of Spark. */
    private static final String SPARK = "spark";

    /** The most refused runs that are read from the server. */
    private static final int MAX_REFUSED = 1000;

    private final Versions versions;
    private final MlflowExperiment experiment;
    private final MlflowModel model;
    private final boolean reported;

    /**
     * Creates the access without a request.
     *
     * @param reported whether the server gets the reports, which show rows
     */
    MlflowRuns(Versions versions, MlflowExperiment experiment, MlflowModel model, boolean reported) {
        this.versions = versions;
        this.experiment = experiment;
        this.model = model;
        this.reported = reported;
    }

    /**
     * Adds a version. It is created last, so that it marks its run as complete.
     *
     * @param common tags of everything that is added
     */
    MlflowModel.Version addVersion(Entry trained, Map<String, String> common) throws IOException {
        String runId = trained.runId();
        long end = trained.time().toEpochMilli();
        VersionFigures figures = new VersionFigures(versions, runId, end);
        Map<String, String> tags = new HashMap<>(common);
        tags.put(RUN, runId);
        Run run = run(runId, figures.start(), tags);
        Map<String, String> origin = origin(trained, figures);
        Map<String, String> ofRun = new HashMap<>(origin);
        ofRun.putAll(Map.of(DECISION, "trained", REASONS, "")); // instead of those of a refused table
        experiment.log(run, ofRun, figures.params());
        Optional<Dataset> dataset = figures.dataset();
        if (dataset.isPresent()) {
            experiment.read(run, dataset.get());
        }
        experiment.log(run, figures.ofRounds(), Optional.empty(), Optional.empty());
        Map<String, String> ofModel = new HashMap<>(tags);
        ofModel.putAll(origin);
        boolean isProxy = run.artifacts().startsWith(MlflowExperiment.PROXY);
        Optional<LoggedModel> logged = isProxy
                ? experiment.loggedModel(run, runId, figures.modelType(), RUN, ofModel, figures.params())
                : Optional.empty();
        experiment.log(run, figures.ofModel(), logged.map(LoggedModel::id), dataset);
        String source = isProxy ? upload(trained, figures, run, logged) : inRegistry(runId);
        if (logged.isPresent()) {
            experiment.finish(run, logged.get());
        }
        experiment.finish(run, "FINISHED", end);
        return logged.isPresent() ? model.create(run, logged.get(), tags) : model.create(run, source, tags);
    }

    private Run run(String runId, long start, Map<String, String> tags) throws IOException {
        Optional<Run> started = experiment.run(RUN, runId);
        return started.isPresent() ? started.get() : experiment.create(runId, start, tags);
    }

    /** Returns the tags that say by whom and by what a version was trained. */
    private static Map<String, String> origin(Entry trained, VersionFigures figures) {
        Map<String, String> tags = source(trained);
        figures.origin("version").ifPresent(version -> tags.put("spark_latent_version", version));
        figures.origin("commit").ifPresent(commit -> tags.put("mlflow.source.git.commit", commit));
        return tags;
    }

    private static Map<String, String> source(Entry entry) {
        Map<String, String> tags =
                new TreeMap<>(Map.of("mlflow.source.type", "JOB", "mlflow.source.name", "spark-latent"));
        entry.user().ifPresent(user -> tags.put("mlflow.user", user));
        return tags;
    }

    /** Returns the source of a version on a server that passes no artifacts on. */
    private String inRegistry(String runId) {
        boolean isServed = versions.read(runId, ServedModel.DIRECTORY + "/" + ModelFiles.DESCRIPTION)
                .isPresent();
        if (!isServed) {
            sayWithoutPython(runId);
        }
        String directory = isServed ? ServedModel.DIRECTORY : SavedModels.DIRECTORY;
        // MLflow's own clients know the scheme s3 only.
        return Redaction.of(versions.path(runId)).replaceFirst("^s3a:", "s3:") + "/" + directory;
    }

    private static void sayWithoutPython(String runId) {
        LOG.info(
                "version {} has the flavour spark_latent only in MLflow, because it has no directory {}: its model has no ONNX file, or it was trained without registry.mlflow.uri",
                runId,
                ServedModel.DIRECTORY);
    }

    /**
     * Stores the files of a version, those of the model in a directory of their own. Returns the address of the model.
     */
    private String upload(Entry trained, VersionFigures figures, Run run, Optional<LoggedModel> logged)
            throws IOException {
        String runId = trained.runId();
        String own = logged.map(LoggedModel::artifacts).orElse(run.artifacts() + "/" + SavedModels.DIRECTORY);
        for (Versions.VersionFile file : versions.files(runId)) {
            String name = file.name();
            if (name.startsWith(SavedModels.DIRECTORY + "/")) {
                String stored = SPARK + name.substring(SavedModels.DIRECTORY.length());
                experiment.upload(own, stored, file.bytes(), file.content());
            } else if (name.startsWith(ServedModel.DIRECTORY + "/")) {
                String stored = name.substring(ServedModel.DIRECTORY.length() + 1);
                if (!stored.equals(ModelFiles.DESCRIPTION)) {
                    experiment.upload(own, stored, file.bytes(), file.content());
                }
            } else if (reported || !name.equals(ResultWriter.REPORT)) {
                experiment.upload(run.artifacts(), name, file.bytes(), file.content());
            }
        }
        byte[] description = description(trained, figures, run, logged, own);
        experiment.upload(own, ModelFiles.DESCRIPTION, description.length, () -> new ByteArrayInputStream(description));
        return own;
    }

    private byte[] description(
            Entry trained, VersionFigures figures, Run run, Optional<LoggedModel> logged, String own) {
        String runId = trained.runId();
        String description = versions.read(runId, ServedModel.DIRECTORY + "/" + ModelFiles.DESCRIPTION)
                .orElseGet(() -> {
                    sayWithoutPython(runId);
                    return withoutPython(figures, trained.time());
                });
        Map<String, Object> entries = Json.object("run_id", run.id(), "artifact_path", own);
        logged.ifPresent(found -> entries.put("model_id", found.id()));
        return ModelFiles.with(description, entries, Map.of(SPARK, SPARK));
    }

    private static String withoutPython(VersionFigures figures, Instant created) {
        Map<String, Object> facts = ServedModel.facts(figures.origin("version").orElse("unknown"), figures.modelType());
        return new String(ModelFiles.withoutPython(facts, created), StandardCharsets.UTF_8);
    }

    /**
     * Adds the runs whose tables were refused. They have no version.
     *
     * @param refusals entries of the log, one for each run
     */
    void addRefused(List<Entry> refusals, Map<String, String> common) throws IOException {
        if (refusals.isEmpty()) {
            return;
        }
        Map<String, String> shown = new HashMap<>();
        for (Run run : experiment.runs(DECISION, REFUSED, MAX_REFUSED)) {
            shown.put(run.tags().get(RUN), run.tags().get(COMPARED));
        }
        for (Entry refusal : refusals) {
            String at = refusal.time().toString();
            if (!at.equals(shown.get(refusal.runId()))) {
                Map<String, String> tags = new TreeMap<>(common);
                tags.put(RUN, refusal.runId());
                Run run = run(refusal.runId(), refusal.time().toEpochMilli(), tags);
                experiment.finish(run, "FAILED", refusal.time().toEpochMilli());
                Map<String, String> decision = new TreeMap<>(source(refusal));
                decision.putAll(Map.of(DECISION, REFUSED, REASONS, String.join("; ", refusal.reasons()), COMPARED, at));
                experiment.log(run, decision, Map.of());
            }
        }
    }

    /**
     * Adds the figures of a comparison and its decision to the run of a version. The tag of the version follows them,
     * so that an interrupted update adds them again.
     */
    void addDecision(Entry compared, MlflowModel.Version version) throws IOException {
        model.describe(version, sentence(compared));
        String at = compared.time().toString();
        if (at.equals(version.tags().get(COMPARED))) {
            return;
        }
        Optional<Run> run = experiment.run(RUN, compared.runId());
        if (run.isPresent()) {
            experiment.log(run.get(), decision(compared), Map.of());
            experiment.log(run.get(), VersionFigures.ofGate(compared), version.loggedModel(), Optional.empty());
            model.tag(version, Map.of(COMPARED, at));
        }
    }

    /** Returns the decision about a run as tags. */
    static Map<String, String> decision(Entry compared) {
        return Map.of(
                DECISION,
                compared.accepted() ? "accepted" : "rejected",
                "compared_with",
                compared.champion().orElse("none"),
                REASONS,
                String.join("; ", compared.reasons()));
    }

    private static String sentence(Entry compared) {
        return "%s%s: %s"
                .formatted(
                        compared.accepted() ? "Accepted" : "Rejected",
                        compared.champion().map(run -> " against " + run).orElse(" as the first version"),
                        String.join("; ", compared.reasons()));
    }
}
