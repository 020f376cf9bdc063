package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** File systems whose classes cannot be used. */
class FileSystemsTest {
    private final Configuration hadoop = new Configuration();

    /** Of a class that needs one that is not there. */
    public static final class Lacking extends LocalFileSystem {
        @Override
        public void initialize(URI name, Configuration configuration) {
            NoClassDefFoundError error = new NoClassDefFoundError("org/nowhere/Client");
            error.initCause(new ClassNotFoundException("org.nowhere.Client"));
            throw error;
        }
    }

    /** Of a class that is there. */
    public static final class Failing extends LocalFileSystem {
        @Override
        public void initialize(URI name, Configuration configuration) {
            throw new NoClassDefFoundError("Could not initialize class org.somewhere.Client");
        }
    }

    /** Of another version than its library. */
    public static final class Outdated extends LocalFileSystem {
        @Override
        public void initialize(URI name, Configuration configuration) {
            throw new NoSuchMethodError("void org.somewhere.Client.start()");
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
            "); Spark needs that file system's connector, of its own Hadoop version, as"
                    + " org.apache.hadoop:hadoop-aws of s3a://";

    private void refused(String path, String sentence) {
        assertThatThrownBy(() -> FileSystems.of(new Path(path), hadoop))
                .isInstanceOf(MissingConnectorException.class)
                .hasMessage(sentence);
    }

    @Test
    void aConnectorThatIsMissingIsNamed() {
        refused(
                "s3a://bucket/table",
                "a class of s3a:// is missing (Class org.apache.hadoop.fs.s3a.S3AFileSystem not"
                        + " found"
                        + CONNECTOR);
    }

    @Test
    void aPathWithoutASchemeIsOfTheDefaultFileSystem() {
        hadoop.set("fs.defaultFS", "s3a://bucket");
        refused(
                "table",
                "a class of s3a:// is missing (Class org.apache.hadoop.fs.s3a.S3AFileSystem not"
                        + " found"
                        + CONNECTOR);
    }

    @Test
    void aClassThatAConnectorNeedsIsNamed() {
        hadoop.set("fs.lacking.impl", Lacking.class.getName());
        refused(
                "lacking://x/y",
                "a class of lacking:// is missing (org/nowhere/Client" + CONNECTOR);
    }

    @Test
    void aClassThatDoesNotStartIsNotMissing() {
        hadoop.set("fs.failing.impl", Failing.class.getName());
        assertThatThrownBy(() -> FileSystems.of(new Path("failing://x/y"), hadoop))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(MissingConnectorException.class)
                .hasMessage(
                        "the classes of failing:// do not start (Could not initialize class"
                                + " org.somewhere.Client)");
    }

    @Test
    void classesOfTwoVersionsAreNamed() {
        hadoop.set("fs.outdated.impl", Outdated.class.getName());
        assertThatThrownBy(() -> FileSystems.of(new Path("outdated://x/y"), hadoop))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the classes of outdated:// do not start (void"
                                + " org.somewhere.Client.start())");
    }

    @Test
    void whyAClassDoesNotStartIsSaid() {
        hadoop.set("fs.unset.impl", Unset.class.getName());
        assertThatThrownBy(() -> FileSystems.of(new Path("unset://x/y"), hadoop))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the classes of unset:// do not start (java.lang.NumberFormatException: For"
                                + " input string: \"none\")");
    }

    @Test
    void theDisksFileSystemIsThere() throws IOException {
        assertThat(FileSystems.of(new Path("/"), hadoop).getScheme()).isEqualTo("file");
    }
}
