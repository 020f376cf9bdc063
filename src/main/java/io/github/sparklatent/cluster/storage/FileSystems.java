package io.github.sparklatent.cluster.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Access to Hadoop file systems, some of which need a connector that is not part of Spark. */
public final class FileSystems {
    private FileSystems() {}

    /**
     * Returns the file system of a path.
     *
     * @throws MissingConnectorException if the classes of the file system are missing
     * @throws IOException if there is no such file system, or if its classes cannot be initialised
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
                    : new UnsuitableStoreException(
                            "the classes of %s:// cannot be initialised (%s)"
                                    .formatted(scheme(path, hadoop), reason(e)),
                            e);
        }
    }

    /** Returns why a class cannot be loaded. The reason of a failed initialisation is its cause. */
    private static String reason(LinkageError error) {
        boolean first = error instanceof ExceptionInInitializerError && error.getCause() != null;
        return first ? error.getCause().toString() : error.getMessage();
    }

    /**
     * Returns whether a class is missing. This is false if the initialisation of a class has failed before, although
     * the error has the same type, and if a class has another version.
     */
    private static boolean isMissing(LinkageError error) {
        return error instanceof NoClassDefFoundError && error.getCause() instanceof ClassNotFoundException;
    }

    private static IOException withoutConnector(Path path, Configuration hadoop, Throwable missing) {
        return new MissingConnectorException(
                "a class of %s:// is missing (%s); add the connector of this file system in the version of Spark's Hadoop, e.g. org.apache.hadoop:hadoop-aws for s3a://"
                        .formatted(scheme(path, hadoop), missing.getMessage()),
                missing);
    }

    private static String scheme(Path path, Configuration hadoop) {
        String own = path.toUri().getScheme();
        return own == null ? FileSystem.getDefaultUri(hadoop).getScheme() : own;
    }

    /**
     * Thrown if the classes of a file system are missing. The caller adds how to provide them, because this differs
     * between a job's command line and a program.
     */
    public static final class MissingConnectorException extends IOException {
        MissingConnectorException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
