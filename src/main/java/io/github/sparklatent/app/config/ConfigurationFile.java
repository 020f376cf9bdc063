package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.value.Found;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a HOCON file with its includes, applies the overrides and resolves the substitutions. */
final class ConfigurationFile {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

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
            throw translate(e, file.toString());
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

    /**
     * Resolves includes with the library, but reports a missing file as an error. The library ignores missing files, so
     * a misspelt name would train with the defaults.
     *
     * @param file the including file, for error messages
     * @param library the includer of the library; null until the library sets it
     */
    private record RequiredIncludes(Path file, ConfigIncluder library) implements ConfigIncluder, ConfigIncluderFile {

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return new RequiredIncludes(file, fallback);
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String name) {
            try {
                return library.include(required(context), name);
            } catch (ConfigException.IO e) {
                throw missing(name);
            }
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File name) {
            try {
                return ((ConfigIncluderFile) library).includeFile(required(context), name);
            } catch (ConfigException.IO e) {
                throw missing(name.getPath());
            }
        }

        private static ConfigIncludeContext required(ConfigIncludeContext context) {
            return context.setParseOptions(context.parseOptions().setAllowMissing(false));
        }

        private ConfigurationException missing(String name) {
            return new ConfigurationException(List.of(new Problem(
                    file.toString(),
                    0,
                    "include " + Found.quote(name) + " refers to a file that does not exist or cannot be" + " read")));
        }
    }

    /**
     * Returns an exception of the HOCON library as a configuration error.
     *
     * @param source the place to report if the library names none
     */
    static ConfigurationException translate(ConfigException error, String source) {
        ConfigOrigin origin = error.origin();
        String message = Found.oneLine(error.getMessage());
        if (origin != null && message.startsWith(origin.description() + ": ")) {
            message = message.substring(origin.description().length() + 2);
        }
        String sentence = sentence(error, message);
        return new ConfigurationException(
                List.of(origin == null ? new Problem(source, 0, sentence) : Problem.at(origin, sentence)));
    }

    private static String sentence(ConfigException error, String message) {
        if (error instanceof ConfigException.UnresolvedSubstitution) {
            Matcher substitution = SUBSTITUTION.matcher(message);
            if (substitution.find()) {
                String name = substitution.group(1);
                return "${"
                        + name
                        + "} has no value: neither a key nor an environment variable has this name"
                        + " (write ${?"
                        + name
                        + "} if it is optional)";
            }
        }
        if (error instanceof ConfigException.WrongType) {
            return "is not a configuration, expected sections and keys";
        }
        if (error instanceof ConfigException.Parse) {
            // The library adds two lines of advice that repeat the message.
            int advice = message.indexOf(" (if you ");
            return "not HOCON: "
                    + (advice < 0
                            ? message
                            : message.substring(0, advice)
                                    + " (a text with any of $ { } [ ] : = , + # ` ^ ? ! @ * & \\"
                                    + " needs double quotes)");
        }
        return message;
    }
}
