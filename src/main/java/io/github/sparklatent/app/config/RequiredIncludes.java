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
 * Resolves includes with the library, but reports a missing file as an error. The library ignores missing files, so a
 * misspelt name would train with the defaults.
 *
 * @param file the including file, for error messages
 * @param library the includer of the library; null until the library sets it
 */
record RequiredIncludes(Path file, ConfigIncluder library) implements ConfigIncluder, ConfigIncluderFile {

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
