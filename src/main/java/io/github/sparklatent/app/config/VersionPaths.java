package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.Sibling;
import java.util.Map;

/**
 * The places of a registry's versions. A run id that is no plain name has no place, so that it cannot lead out of the
 * registry.
 */
public final class VersionPaths {
    private VersionPaths() {}

    /** Returns the result directory of a run. */
    public static String version(String registry, String runId) {
        return Sibling.of(registry, "/versions/" + RegistrySection.requireRunId(runId));
    }

    /** Returns the file that states how the newest attempt of a run has ended. */
    public static String status(String registry, String runId) {
        return Sibling.of(registry, "/status/" + RegistrySection.requireRunId(runId) + ".json");
    }

    /** Returns the file that states how the newest attempt to write an output has ended. */
    public static String statusBeside(String output) {
        return Sibling.of(output, ".status.json");
    }

    /**
     * Returns the configuration of a training with the run's version as its result, if it names a registry and a run. A
     * version is never replaced.
     */
    static Config applied(Config config) {
        try {
            if (!config.hasPath("registry.path") || !config.hasPath("registry.runId")) {
                return config;
            }
            String version = version(config.getString("registry.path"), config.getString("registry.runId"));
            Config own = config;
            for (Map.Entry<String, Object> value : Map.<String, Object>of(
                            "output.path", version,
                            "output.overwrite", false,
                            "output.versioned", false)
                    .entrySet()) {
                own = own.withValue(value.getKey(), ConfigValueFactory.fromAnyRef(value.getValue(), "registry.runId"));
            }
            return own;
        } catch (ConfigException | IllegalArgumentException e) { // SettingsReader reports the value
            return config;
        }
    }
}
