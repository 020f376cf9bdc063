package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.RegistryKeys;
import java.util.Map;

/**
 * The places of a registry's versions. A run id that is no plain name has no place, so that it
 * cannot lead out of the registry.
 */
public final class VersionPaths {
    private VersionPaths() {}

    /** Returns the result directory of a run. */
    public static String version(String registry, String runId) {
        return Sibling.of(registry, "/versions/" + RegistryKeys.RUN_ID.require(runId));
    }

    /** Returns the file that states how the newest attempt of a run has ended. */
    public static String status(String registry, String runId) {
        return Sibling.of(registry, "/status/" + RegistryKeys.RUN_ID.require(runId) + ".json");
    }

    /** Returns the file that states how the newest attempt to write an output has ended. */
    public static String statusBeside(String output) {
        return Sibling.of(output, ".status.json");
    }

    /**
     * Returns the configuration of a training with the run's version as its result, if it names a
     * registry and a run. A version is never replaced.
     */
    static Config applied(Config config) {
        try {
            if (!config.hasPath(RegistryKeys.PATH.path())
                    || !config.hasPath(RegistryKeys.RUN_ID.path())) {
                return config;
            }
            String version =
                    version(
                            config.getString(RegistryKeys.PATH.path()),
                            config.getString(RegistryKeys.RUN_ID.path()));
            Config own = config;
            for (Map.Entry<Key<?>, Object> value :
                    Map.<Key<?>, Object>of(
                                    CommonKeys.OUTPUT_PATH, version,
                                    CommonKeys.OVERWRITE, false,
                                    CommonKeys.VERSIONED, false)
                            .entrySet()) {
                own =
                        own.withValue(
                                value.getKey().path(),
                                ConfigValueFactory.fromAnyRef(
                                        value.getValue(), RegistryKeys.RUN_ID.path()));
            }
            return own;
        } catch (ConfigException | IllegalArgumentException e) { // SettingsReader reports the value
            return config;
        }
    }
}
