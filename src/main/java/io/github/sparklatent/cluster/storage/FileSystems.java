package io.github.sparklatent.cluster.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file systems that Hadoop knows, some of which need a library that Spark does not bring. */
public final class FileSystems {
    private FileSystems() {}

    /**
     * The file system of a path.
     *
     * @throws MissingConnectorException where its classes are not there (Hadoop throws an exception
     *     without a sentence)
     * @throws IOException where there is none, as Hadoop says it, or its classes do not start
     */
    public static FileSystem of(Path path, Configuration hadoop) throws IOException {
        try {
            return path.getFileSystem(hadoop);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException missing) {
                throw withoutConnector(path, hadoop, missing);
            }
            throw e;
        } catch (LinkageError e) {
            throw isMissing(e)
                    ? withoutConnector(path, hadoop, e)
                    : new IOException(
                            "the classes of %s:// do not start (%s)"
                                    .formatted(scheme(path, hadoop), reason(e)),
                            e);
        }
    }

    /** The first use of a class whose initialisation fails has the reason in its cause alone. */
    private static String reason(LinkageError error) {
        boolean first = error instanceof ExceptionInInitializerError && error.getCause() != null;
        return first ? error.getCause().toString() : error.getMessage();
    }

    /**
     * Whether a class is not there: not one whose initialisation has failed, of which the second
     * use throws the same error, nor one of another version.
     */
    private static boolean isMissing(LinkageError error) {
        return error instanceof NoClassDefFoundError
                && error.getCause() instanceof ClassNotFoundException;
    }

    private static IOException withoutConnector(
            Path path, Configuration hadoop, Throwable missing) {
        return new MissingConnectorException(
                "a class of %s:// is missing (%s); Spark needs that file system's connector, of its own Hadoop version, as org.apache.hadoop:hadoop-aws of s3a://"
                        .formatted(scheme(path, hadoop), missing.getMessage()),
                missing);
    }

    private static String scheme(Path path, Configuration hadoop) {
        String own = path.toUri().getScheme();
        return own == null ? FileSystem.getDefaultUri(hadoop).getScheme() : own;
    }
}
