package io.github.sparklatent.app.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.value.Found;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * Includes as the library finds them, except that a missing file is an error: the library passes
 * over it in silence, and a mistyped name would train with the defaults.
 *
 * @param file the file that was asked for, to place the error
 * @param library the includer that does the work; null until the library says which
 */
record RequiredIncludes(Path file, ConfigIncluder library)
        implements ConfigIncluder, ConfigIncluderFile {

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
        return new ConfigurationException(
                List.of(
                        new Problem(
                                file.toString(),
                                0,
                                "include " + Found.quote(name) + " finds no readable file")));
    }
}
