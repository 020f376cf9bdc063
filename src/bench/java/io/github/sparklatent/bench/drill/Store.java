package io.github.sparklatent.bench.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * A store of a drill.
 *
 * @param base directory of all files
 * @param site directory with the {@code core-site.xml} of the processes
 * @param renames whether the store renames atomically
 * @param stop stops the server
 */
record Store(String name, String base, Configuration hadoop, Path site, boolean renames, Runnable stop)
        implements AutoCloseable {

    private static final String KEY = "drill-drill-drill";

    private static Store of(
            String name, String base, Map<String, String> settings, Path folder, boolean renames, Runnable stop)
            throws IOException {
        Configuration site = new Configuration(false);
        settings.forEach(site::set);
        Path directory = Files.createDirectories(folder.resolve(name + "-site"));
        try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
            site.writeXml(out);
        }
        Configuration hadoop = new Configuration();
        settings.forEach(hadoop::set);
        return new Store(name, base, hadoop, directory, renames, stop);
    }

    /** Files of this machine. */
    static Store local(Path folder) throws IOException {
        return of("local", "file://" + folder.resolve("files"), Map.of(), folder, true, () -> {});
    }

    /** A NameNode and two DataNodes in this process. */
    static Store hdfs(Path folder) throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(hadoop).numDataNodes(2).build();
        cluster.waitActive();
        String uri = cluster.getFileSystem().getUri().toString();
        return of("hdfs", uri + "/drill", Map.of(), folder, true, () -> cluster.shutdown(true));
    }

    /** The S3 server at a port of this machine, with a bucket. */
    static Store s3(Path folder, int port) throws IOException {
        return of(
                "s3a",
                "s3a://drill/files",
                Map.of(
                        "fs.s3a.endpoint", "http://127.0.0.1:" + port,
                        "fs.s3a.endpoint.region", "us-east-1",
                        "fs.s3a.access.key", KEY,
                        "fs.s3a.secret.key", KEY,
                        "fs.s3a.path.style.access", "true",
                        "fs.s3a.connection.ssl.enabled", "false",
                        "fs.s3a.attempts.maximum", "2"),
                folder,
                false,
                () -> {});
    }

    String path(String name) {
        return base + "/" + name;
    }

    @Override
    public void close() {
        stop.run();
    }
}
