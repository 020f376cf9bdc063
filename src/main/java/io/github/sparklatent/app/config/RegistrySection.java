package io.github.sparklatent.app.config;

import io.github.sparklatent.config.RegistryKeys;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * The settings of the registry of model versions.
 *
 * @param path directory of the registry; absent: there is none
 * @param runId run that a command is about; absent: train writes a plain result
 * @param keep number of newest versions that pruning keeps
 * @param warmStart whether a run starts from the champion
 * @param coldAfter rejected runs in a row after which a run starts from the beginning
 * @param mlflow address of the MLflow server that shows the registry; absent: none
 * @param mlflowName name of the experiment and of the registered model on that server
 */
public record RegistrySection(
        Optional<String> path,
        Optional<String> runId,
        int keep,
        boolean warmStart,
        int coldAfter,
        Optional<String> mlflow,
        String mlflowName) {

    public RegistrySection {
        RegistryKeys.PATH.require(path);
        RegistryKeys.RUN_ID.require(runId);
        RegistryKeys.KEEP.require(keep);
        RegistryKeys.COLD_AFTER.require(coldAfter);
        RegistryKeys.MLFLOW_URI.require(mlflow);
        RegistryKeys.MLFLOW_NAME.require(mlflowName);
    }

    static RegistrySection of(Settings settings) {
        return new RegistrySection(
                settings.find(RegistryKeys.PATH),
                settings.find(RegistryKeys.RUN_ID),
                settings.get(RegistryKeys.KEEP),
                settings.get(RegistryKeys.WARM_START),
                settings.get(RegistryKeys.COLD_AFTER),
                settings.find(RegistryKeys.MLFLOW_URI),
                settings.get(RegistryKeys.MLFLOW_NAME));
    }

    /** Returns whether a training writes a version of the registry. */
    public boolean isRun() {
        return path.isPresent() && runId.isPresent();
    }
}
