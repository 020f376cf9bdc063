package io.github.sparklatent.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.deploy.worker.Worker$;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A standalone cluster of two workers that go by different addresses of this machine. Spark starts no second copy of a
 * task on the host of the first, so its local cluster never starts one.
 */
final class TwoHosts implements AutoCloseable {
    private static final int ANY_PORT = 0;
    private static final int CORES = 1;
    private static final int MEGABYTES = 512;

    private final List<RpcEnv> environments = new ArrayList<>();
    private final SparkConf conf = new SparkConf(false).set("spark.master.rest.enabled", "false");
    private final Path folder;
    private final String master;
    private int workers;

    private TwoHosts(Path folder) {
        this.folder = folder;
        RpcEnv environment = Master$.MODULE$
                .startRpcEnvAndEndpoint("127.0.0.1", ANY_PORT, ANY_PORT, conf)
                ._1();
        environments.add(environment);
        master = "spark://127.0.0.1:" + environment.address().port();
    }

    /** Both workers. */
    static TwoHosts of(Path folder) {
        TwoHosts cluster = withOneWorker(folder);
        cluster.join();
        return cluster;
    }

    /** One of the two workers; the other may join later. */
    static TwoHosts withOneWorker(Path folder) {
        TwoHosts cluster = new TwoHosts(folder);
        cluster.join();
        return cluster;
    }

    /** The next worker. */
    void join() {
        workers++;
        environments.add(Worker$.MODULE$.startRpcEnvAndEndpoint(
                "127.0.0." + workers,
                ANY_PORT,
                ANY_PORT,
                CORES,
                MEGABYTES,
                new String[] {master},
                folder.toString(),
                Option.apply(workers),
                conf,
                Option.empty()));
    }

    /** What a session connects to. */
    String master() {
        return master;
    }

    @Override
    public void close() {
        Collections.reverse(environments);
        for (RpcEnv environment : environments) {
            environment.shutdown();
            environment.awaitTermination();
        }
    }
}
