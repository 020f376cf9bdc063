package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.storage.FileSystems.MissingConnectorException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** File systems whose classes cannot be used. */
class FileSystemsTest {
    private final Configuration hadoop = new Configuration();

    /** Fails as a test says. */
    public static final class Broken extends LocalFileSystem {
        private static LinkageError error;

        @Override
        public void initialize(URI name, Configuration configuration) {
            throw error;
        }
    }

    /** Whose first use fails otherwise than the others. */
    public static final class Unset extends LocalFileSystem {
        private static final int PORT = Integer.parseInt("none");

        @Override
        public String getScheme() {
            return "unset" + PORT;
        }
    }

    private static final String CONNECTOR =
            "); add the connector of this file system in the version of Spark's Hadoop, e.g."
                    + " org.apache.hadoop:hadoop-aws for s3a://";

    private void refused(String path, String sentence) {
        assertThatThrownBy(() -> FileSystems.of(new Path(path), hadoop))
                .isInstanceOf(MissingConnectorException.class)
                .hasMessage(sentence);
    }

    private void failsToStart(String scheme, Class<? extends LocalFileSystem> files, String reason) {
        hadoop.set("fs." + scheme + ".impl", files.getName());
        assertThatThrownBy(() -> FileSystems.of(new Path(scheme + "://x/y"), hadoop))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(MissingConnectorException.class)
                .hasMessage("the classes of %s:// cannot be initialised (%s)", scheme, reason);
    }

    @Test
    void aConnectorThatIsMissingIsNamed() {
        String sentence =
                "a class of s3a:// is missing (Class org.apache.hadoop.fs.s3a.S3AFileSystem not" + " found" + CONNECTOR;
        refused("s3a://bucket/table", sentence);
        hadoop.set("fs.defaultFS", "s3a://bucket");
        refused("table", sentence);
    }

    @Test
    void aClassThatAConnectorNeedsIsNamed() {
        Broken.error = new NoClassDefFoundError("org/nowhere/Client");
        Broken.error.initCause(new ClassNotFoundException("org.nowhere.Client"));
        hadoop.set("fs.lacking.impl", Broken.class.getName());
        refused("lacking://x/y", "a class of lacking:// is missing (org/nowhere/Client" + CONNECTOR);
    }

    /** The first failure of a class has its reason in a cause, later ones do not. */
    @Test
    void whyAClassDoesNotStartIsSaid() {
        Broken.error = new NoClassDefFoundError("Could not initialize class org.somewhere.Client");
        failsToStart("failing", Broken.class, "Could not initialize class org.somewhere.Client");
        Broken.error = new NoSuchMethodError("void org.somewhere.Client.start()");
        failsToStart("outdated", Broken.class, "void org.somewhere.Client.start()");
        failsToStart("unset", Unset.class, "java.lang.NumberFormatException: For input string: \"none\"");
    }
}
