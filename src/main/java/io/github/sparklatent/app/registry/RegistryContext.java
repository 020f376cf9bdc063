package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
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
                .orElseThrow(
                        () -> new UsageException("registry.path is not set, expected the directory of the registry"));
    }

    /** Returns the run that a job is about; refuses a configuration without one. */
    static String runId(JobContext context) {
        return context.configuration()
                .registry()
                .runId()
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
        if (!context.job().readsModel() || !configuration.readsRegistry()) {
            return context;
        }
        Registry registry = registry(context);
        State state = registry.state();
        String run = registry.resolve(state, runId);
        return context.with(
                configuration.withVersion(run, registry.directory(state, run).toString()));
    }

    /** Returns whether a training is a run whose version exists, so that it writes no result. */
    public static boolean isTrained(JobContext context) {
        return context.job() == Job.TRAIN
                && context.configuration().registry().isRun()
                && registry(context).state().version(runId(context)).isPresent();
    }

    /** Returns the model of a version, which may have another type than the configuration has. */
    static SavedModel anyModel(JobContext context, Registry registry, String runId) {
        return SavedModels.any(
                context.spark(),
                registry.directory(registry.state(), runId).toString(),
                context.configuration().type());
    }
}
