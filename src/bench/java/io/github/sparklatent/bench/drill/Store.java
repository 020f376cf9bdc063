package io.github.sparklatent.bench.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * A store of a drill.
 *
 * @param base directory of all files
 * @param settings what its clients must have in Hadoop's configuration
 * @param site directory with the {@code core-site.xml} of the processes
 * @param stop stops the server
 */
record Store(String name, String base, Map<String, String> settings, Configuration hadoop, Path site, Runnable stop)
        implements AutoCloseable {

    /** Names of all stores. */
    static final String ALL = "local,hdfs,s3a";

    /** Description of the option that names the stores. */
    static final String OPTION = "Stores, separated by commas (${DEFAULT-VALUE}).";

    private static final String KEY = "drill-drill-drill";

    /** Opens one of the stores; the script has started the S3 server, at the port in DRILL_S3_PORT. */
    static Store named(String name, Path folder) throws IOException {
        return switch (name) {
            case "local" -> local(folder);
            case "hdfs" -> hdfs(folder);
            case "s3a" -> s3(folder, Integer.parseInt(System.getenv("DRILL_S3_PORT")));
            default -> throw new IllegalArgumentException("--store is %s, expected some of %s".formatted(name, ALL));
        };
    }

    private static Store of(String name, String base, Map<String, String> settings, Path folder, Runnable stop)
            throws IOException {
        Configuration site = new Configuration(false);
        settings.forEach(site::set);
        Path directory = Files.createDirectories(folder.resolve(name + "-site"));
        try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
            site.writeXml(out);
        }
        Configuration hadoop = new Configuration();
        settings.forEach(hadoop::set);
        return new Store(name, base, settings, hadoop, directory, stop);
    }

    /** Files of this machine. */
    private static Store local(Path folder) throws IOException {
        return of("local", "file://" + folder.resolve("files"), Map.of(), folder, () -> {});
    }

    /** A NameNode and two DataNodes in this process. */
    private static Store hdfs(Path folder) throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(hadoop).numDataNodes(2).build();
        cluster.waitActive();
        String uri = cluster.getFileSystem().getUri().toString();
        return of("hdfs", uri + "/drill", Map.of(), folder, () -> cluster.shutdown(true));
    }

    /** The S3 server at a port of this machine, with a bucket. */
    private static Store s3(Path folder, int port) throws IOException {
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
                () -> {});
    }

    String path(String name) {
        return base + "/" + name;
    }

    /** Returns the options of spark-submit, after those of a command: Spark itself has no client of S3. */
    List<String> options() {
        return name.equals("s3a")
                ? List.of("--", "--driver-class-path", site + ":" + System.getenv("DRILL_S3_CLIENT"))
                : List.of();
    }

    @Override
    public void close() {
        stop.run();
    }
}
