package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.JobScript.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cluster comes up, says where it is, and leaves nothing behind. */
class ClusterIT {
    @TempDir Path folder;

    private int port;
    private JobScript cluster;

    @BeforeEach
    void choosePorts() throws IOException {
        port = freePort();
        Map<String, String> environment =
                Map.of(
                        "CLUSTER_DIR", folder.resolve("cluster").toString(),
                        "CLUSTER_PORT", Integer.toString(port),
                        "CLUSTER_WORKERS", "1");
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
        assertThat(cluster.run("status").errors()).contains("1 workers, 1 cores, 0 of them busy");
        assertThat(cluster.run("stop").errors()).contains("Stopped 2 processes");
        assertThat(cluster.run("status").code()).as("status after the stop").isEqualTo(1);
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
