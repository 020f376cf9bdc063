package io.github.sparklatent.app.console;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.linalg.Kernels;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** The Spark session of a job: an existing one, which stays open, or a new one. */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final SparkSession spark;
    private final boolean own;

    private Session(SparkSession spark, boolean own) {
        this.spark = spark;
        this.own = own;
    }

    /**
     * Opens the session. Without spark-submit there is no master, so Spark runs in this process on
     * all cores.
     */
    public static Session open(Job job, JobConfiguration configuration) {
        Option<SparkSession> present = SparkSession.getDefaultSession();
        if (present.isDefined() && !present.get().sparkContext().isStopped()) {
            return new Session(present.get(), false);
        }
        if (!Kernels.isVector()) {
            LOG.warn(
                    "the Vector API is not available, so matrix products run several times slower;"
                        + " add --add-modules=jdk.incubator.vector to spark.driver.extraJavaOptions"
                        + " and spark.executor.extraJavaOptions");
        }
        String about = configuration.output().path().or(configuration::modelPath).orElse("");
        SparkConf settings =
                new SparkConf()
                        .setIfMissing("spark.app.name", ("latent " + job + " " + about).strip())
                        .setIfMissing("spark.master", "local[*]")
                        .setIfMissing("spark.ui.showConsoleProgress", "false")
                        .setIfMissing("spark.sql.session.timeZone", "UTC");
        return new Session(SparkSession.builder().config(settings).getOrCreate(), true);
    }

    /** Returns the Spark session. */
    public SparkSession spark() {
        return spark;
    }

    /** Cancels all running Spark jobs. */
    public void cancel() {
        spark.sparkContext().cancelAllJobs();
    }

    @Override
    public void close() {
        if (own) {
            spark.stop();
        }
    }
}
