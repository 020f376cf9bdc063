package io.github.sparklatent.cluster;

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
     * @throws IOException where there is none, as Hadoop says it; where its classes are not there
     *     (Hadoop throws an exception without a sentence), with what has to be given
     */
    public static FileSystem of(Path path, Configuration hadoop) throws IOException {
        try {
            return path.getFileSystem(hadoop);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException missing) {
                throw withoutConnector(path, missing);
            }
            throw e;
        } catch (NoClassDefFoundError e) {
            throw withoutConnector(path, e);
        }
    }

    private static IOException withoutConnector(Path path, Throwable missing) {
        String scheme = path.toUri().getScheme();
        return new IOException(
                "a class of %s:// is missing (%s); give spark-submit its connector, of Spark's Hadoop version, as for s3a:// by -- --packages org.apache.hadoop:hadoop-aws:VERSION"
                        .formatted(scheme, missing.getMessage()),
                missing);
    }
}
