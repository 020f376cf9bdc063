package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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

    /**
     * Returns the training of a version.
     *
     * @param keys tells whether a setting of the training must be that of this job
     * @throws UsageException if such a setting differs
     */
    static SavedResult training(JobContext context, Registry registry, String runId, Predicate<String> keys) {
        Optional<SavedResult> training = SavedResult.at(
                context.hadoop(), registry.directory(registry.state(), runId).toString());
        Set<String> different = training.flatMap(
                        version -> version.differences(context.configuration().settings()))
                .orElseThrow(() -> new DataException("version \"%s\" of %s has no complete metrics.json"
                        .formatted(runId, registry.place().shown())));
        different.removeIf(keys.negate());
        if (!different.isEmpty()) {
            throw new UsageException(
                    "run \"%s\" exists with another configuration (different: %s); set the same, or choose another --run-id"
                            .formatted(runId, String.join(", ", different)));
        }
        return training.orElseThrow();
    }

    /** Returns the model of a version, which may have another type than the configuration has. */
    static SavedModel anyModel(JobContext context, Registry registry, String runId) {
        return SavedModels.any(
                context.spark(),
                registry.directory(registry.state(), runId).toString(),
                context.configuration().type());
    }
}
