package io.github.sparklatent.ml.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this build.
 *
 * @param version version of the library
 * @param commit commit of the sources in the repository; "unknown" for a build outside of a repository
 */
public record BuildInfo(String version, String commit) {
    private static final String RESOURCE = "/io/github/sparklatent/build.properties";

    /** Reads the version from the jar. If the sources had uncommitted changes, the commit ends in +. */
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read from the jar", e);
        }
        boolean modified = Boolean.parseBoolean(properties.getProperty("modified"));
        return new BuildInfo(
                properties.getProperty("version"), properties.getProperty("commit") + (modified ? "+" : ""));
    }
}
