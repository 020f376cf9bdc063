package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.VersionPaths;
import io.github.sparklatent.app.files.StatusFile;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import java.util.Map;
import java.util.Optional;

/** The registry of a job's configuration. */
public final class RegistryContext {
    private RegistryContext() {}

    /** Returns the registry of a job. */
    static Registry registry(JobContext context) {
        return new Registry(context.hadoop(), path(context.configuration().registry()));
    }

    /** Returns the path of the registry; refuses a configuration without one. */
    public static String path(RegistrySection section) {
        return section.path()
                .orElseThrow(() ->
                        new UsageException("registry.path is not set, expected the directory of the" + " registry"));
    }

    /** Returns the run that a job is about. */
    static String runId(JobContext context) {
        return runId(context.configuration().registry());
    }

    /**
     * Returns the run that a command is about.
     *
     * @throws UsageException if the command line and the configuration name none
     */
    public static String runId(RegistrySection section) {
        return section.runId()
                .orElseThrow(() -> new UsageException("registry.runId is not set; name the run with --run-id"));
    }

    /**
     * Returns the context with the model that a command reads.
     *
     * @param runId run that the command line names; absent: the champion. A run that only the configuration names is
     *     the run to train
     */
    public static JobContext withVersion(JobContext context, Optional<String> runId) {
        JobConfiguration configuration = context.configuration();
        return context.job().readsModel() && configuration.readsRegistry()
                ? context.with(configuration.withVersion(registry(context).resolve(runId)))
                : context;
    }

    /** Returns whether a training is a run whose version exists, so that it writes no result. */
    public static boolean isTrained(JobContext context) {
        return context.job() == Job.TRAIN
                && context.configuration().registry().isRun()
                && registry(context).versions().holds(runId(context));
    }

    /** Returns the model of a version, which may have another type than the configuration has. */
    static SavedModel anyModel(JobContext context, Registry registry, String runId) {
        return SavedModels.any(
                context.spark(),
                registry.versions().path(runId),
                context.configuration().type());
    }

    /** Returns the file that states how the newest attempt of a run, or of an output, has ended. */
    public static Optional<StatusFile> statusFile(JobContext context, String command) {
        RegistrySection section = context.configuration().registry();
        if (!context.job().readsModel() && section.isRun()) {
            String run = runId(section);
            return Optional.of(new StatusFile(
                    context.hadoop(), VersionPaths.status(path(section), run), command, Map.of("runId", run), true));
        }
        return context.result()
                .map(output -> new StatusFile(
                        context.hadoop(),
                        VersionPaths.statusBeside(output.path()),
                        command,
                        Map.of("output", output.path()),
                        false));
    }
}
