package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A HOCON file with its includes, the overrides laid over it, and its substitutions resolved. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * @param overrides {@code key=value} each, the last one of a key holds
     * @param environment what <code>${NAME}</code> may name beside the file's own keys
     * @throws ConfigurationException if the file cannot be read, is not HOCON, or names what has no
     *     value
     */
    static Config read(Path file, List<String> overrides, Map<String, String> environment) {
        Config laidOver = Overrides.parse(overrides);
        requireFile(file);
        ConfigParseOptions options =
                ConfigParseOptions.defaults()
                        .setAllowMissing(false)
                        .setIncluder(new RequiredIncludes(file, null));
        ConfigResolveOptions resolver =
                ConfigResolveOptions.noSystem()
                        .appendResolver(new EnvironmentResolver(environment));
        try {
            return laidOver.withFallback(ConfigFactory.parseFile(file.toFile(), options))
                    .resolve(resolver);
        } catch (ConfigException e) {
            throw LibraryErrors.translate(e, file.toString());
        }
    }

    private static void requireFile(Path file) {
        String fault = null;
        if (Files.isDirectory(file)) {
            fault = "is a directory, expected a configuration file";
        } else if (!Files.exists(file)) {
            fault = "no such configuration file";
        } else if (!Files.isReadable(file)) {
            fault = "cannot be read: permission denied";
        }
        if (fault != null) {
            throw new ConfigurationException(List.of(new Problem(file.toString(), 0, fault)));
        }
    }
}
