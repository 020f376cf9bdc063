package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.JobScript.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cluster comes up, says where it is, runs a driver, and leaves nothing behind. */
class ClusterIT {
    @TempDir
    Path folder;

    private int port;
    private JobScript cluster;

    @BeforeEach
    void choosePorts() {
        port = freePort();
        Map<String, String> environment = Map.of(
                "CLUSTER_DIR",
                folder.resolve("cluster").toString(),
                "CLUSTER_PORT",
                Integer.toString(port),
                "CLUSTER_WORKERS",
                "1",
                "CLUSTER_CORES",
                "2"); // one for a driver
        cluster = JobScript.of("cluster", folder, environment);
    }

    @AfterEach
    void stopIt() throws Exception {
        cluster.run("stop");
    }

    @Test
    void itStartsAndStops() throws Exception {
        assertThat(cluster.run("status").code()).as("status before the start").isEqualTo(1);
        Outcome start = cluster.run("start");
        assertThat(start.code()).as(start.errors()).isZero();
        assertThat(start.errors()).contains("spark://127.0.0.1:" + port + " with 1 workers");
        assertThat(cluster.run("start").errors()).contains("already runs");
        assertThat(cluster.run("status").errors()).contains("1 workers, 2 cores, 0 of them busy");
        assertThat(cluster.run("stop").errors()).contains("Stopped 2 processes");
        assertThat(cluster.run("status").code()).as("status after the stop").isEqualTo(1);
    }

    /** The deploy mode comes from the file of properties, as for spark-submit. */
    @Test
    void aDriverOnTheClusterTrainsToItsEnd() throws Exception {
        Files.writeString(folder.resolve("spark-defaults.conf"), """
                spark.master spark://127.0.0.1:%d
                spark.submit.deployMode cluster
                spark.standalone.submit.waitAppCompletion true
                spark.driver.memory 1g
                spark.executor.memory 512m
                spark.ui.enabled false
                """.formatted(port));
        Path job = folder.resolve("job.conf");
        Files.writeString(
                job, """
                model { components = 2, covariance = diagonal }
                data { path = "%s", format = csv, header = false, features = ["_c2*"] }
                train { maxRounds = 2, partitions = 2 }
                output { path = "%s", report = false }
                """.formatted(Path.of("conf/data/digits.csv.gz").toAbsolutePath(), folder.resolve("out")));
        JobScript latent = JobScript.of("latent", folder, Map.of("SPARK_CONF_DIR", folder.toString()));

        Outcome wrong = latent.run("train", "--config", job.toString(), "--set", "train.round=3");
        assertThat(wrong.code()).as("a wrong key, without a cluster").isEqualTo(2);
        assertThat(wrong.errors()).contains("spark-latent: --set: train.round is not a key");

        assertThat(cluster.run("start").code()).isZero();
        Outcome trained = latent.run("train", "--config", job.toString());
        assertThat(trained.code()).as(trained.errors()).isZero();
        assertThat(trained.errors()).contains("is FINISHED");
        assertThat(folder.resolve("out/model/_SUCCESS").toFile().exists()
                        || folder.resolve("out/model/metadata").toFile().exists())
                .isTrue();
        try (Stream<Path> status = Files.list(folder.resolve("out/status"))) {
            assertThat(status.findFirst().orElseThrow()).content().contains("\"exitCode\" : 0");
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Outcome start = cluster.run("start");
            assertThat(start.code()).isEqualTo(1);
            assertThat(start.errors()).contains("port " + busy.getLocalPort() + " is in use");
        }
    }

    @Test
    void anUnknownCommandIsNamed() throws Exception {
        Outcome unknown = cluster.run("restart");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.errors()).contains("\"restart\", expected start, stop or status");
    }

    /**
     * Returns a port that is free, as is the next one. It is below those that the system gives to connections: a
     * program that asks such a port until somebody answers can be given it for its own connection, and then hears
     * itself.
     */
    private static int freePort() {
        return IntStream.iterate(20_000 + (int) (ProcessHandle.current().pid() % 10_000), port -> port + 2)
                .filter(port -> isFree(port) && isFree(port + 1))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
