package io.github.sparklatent.ml.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built.
 *
 * @param version of the program
 * @param commit its sources were at; "unknown" for a build outside a repository
 */
public record BuildInfo(String version, String commit) {
    private static final String RESOURCE = "/io/github/sparklatent/build.properties";

    /** Reads what Maven left in the jar; a build from changed sources has a commit ending in +. */
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read from the jar", e);
        }
        boolean modified = Boolean.parseBoolean(properties.getProperty("modified"));
        return new BuildInfo(
                properties.getProperty("version"),
                properties.getProperty("commit") + (modified ? "+" : ""));
    }
}
