package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads a HOCON file with its includes, applies the overrides and resolves the substitutions. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * Reads the file.
     *
     * @param overriding keys and values that win over those of the file
     * @param environment environment variables that <code>${NAME}</code> may refer to, in addition to the file's own
     *     keys
     * @throws ConfigurationException if the file cannot be read, is not HOCON, or refers to something that has no value
     */
    static Config read(Path file, Config overriding, Map<String, String> environment) {
        requireFile(file);
        ConfigParseOptions options =
                ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new RequiredIncludes(file, null));
        ConfigResolveOptions resolver =
                ConfigResolveOptions.noSystem().appendResolver(new EnvironmentResolver(environment));
        try {
            return overriding
                    .withFallback(ConfigFactory.parseFile(file.toFile(), options))
                    .resolve(resolver);
        } catch (ConfigException e) {
            throw LibraryErrors.translate(e, file.toString());
        }
    }

    /** Encodes a resolved configuration as one word without characters special to any shell. */
    static String encoded(Config resolved) {
        String json = resolved.root().render(ConfigRenderOptions.concise());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes what {@link #encoded} has returned. */
    static Config decoded(String text, String place) {
        try {
            return ConfigFactory.parseString(
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8),
                    ConfigParseOptions.defaults().setOriginDescription(place));
        } catch (IllegalArgumentException | ConfigException e) {
            throw new ConfigurationException(List.of(new Problem(place, 0, "is not a text that resolve has printed")));
        }
    }

    private static void requireFile(Path file) {
        String problem = null;
        if (Files.isDirectory(file)) {
            problem = "is a directory, expected a configuration file";
        } else if (!Files.exists(file)) {
            problem = "does not exist, expected a configuration file";
        } else if (!Files.isReadable(file)) {
            problem = "cannot be read: permission denied";
        }
        if (problem != null) {
            throw new ConfigurationException(List.of(new Problem(file.toString(), 0, problem)));
        }
    }

    /** Resolves substitutions with environment variables. The origin of a value is the name of its variable. */
    private record EnvironmentResolver(Map<String, String> variables) implements ConfigResolver {
        @Override
        public ConfigValue lookup(String path) {
            List<String> names = ConfigUtil.splitPath(path);
            String value = names.size() == 1 ? variables.get(names.get(0)) : null;
            return value == null ? null : ConfigValueFactory.fromAnyRef(value, "environment variable " + path);
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
