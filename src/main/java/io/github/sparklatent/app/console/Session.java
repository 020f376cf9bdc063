package io.github.sparklatent.app.console;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.linalg.Kernels;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.OptionConverters;

/**
 * The Spark session of a job. It starts when the job uses it for the first time, because errors that need no rows are
 * reported before that. An existing session is used instead of a new one, and stays open.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String name;
    private Configuration hadoop;
    private volatile SparkSession own;

    /** Describes the session of a job without starting it. */
    public Session(Job job, JobConfiguration configuration) {
        String about =
                configuration.output().path().or(configuration::modelPath).orElse("");
        name = ("latent " + job + " " + Redaction.of(about)).strip();
    }

    /**
     * Returns the Spark session. Without spark-submit there is no master, so Spark runs in this process on all cores.
     */
    public SparkSession spark() {
        return running().orElseGet(this::start);
    }

    /** Returns Spark's configuration of file systems, before there is a job. */
    public static Configuration fileSystems() {
        return running()
                .map(session -> session.sparkContext().hadoopConfiguration())
                .orElseGet(FileSystemSettings::ofSpark);
    }

    /** Returns Spark's configuration of file systems. */
    public Configuration hadoop() {
        if (running().isPresent()) {
            return fileSystems();
        }
        if (hadoop == null) {
            hadoop = fileSystems();
        }
        return hadoop;
    }

    private static Optional<SparkSession> running() {
        return OptionConverters.toJava(SparkSession.getDefaultSession())
                .filter(session -> !session.sparkContext().isStopped());
    }

    private SparkSession start() {
        if (!Kernels.isVector()) {
            LOG.warn("the Vector API is not available, so matrix products run several times slower;"
                    + " add --add-modules=jdk.incubator.vector to"
                    + " spark.driver.extraJavaOptions");
        }
        SparkConf settings = new SparkConf()
                .setIfMissing("spark.app.name", name)
                .setIfMissing("spark.master", "local[*]")
                .setIfMissing("spark.ui.showConsoleProgress", "false")
                // To look for repeated values takes a third of the time in which the rows of an evaluation are kept.
                .setIfMissing("spark.sql.inMemoryColumnarStorage.compressed", "false")
                // HotSpot interprets longer methods; the one that converts scored rows with their reasons is longer.
                .setIfMissing("spark.sql.codegen.hugeMethodLimit", "8000")
                .setIfMissing("spark.sql.session.timeZone", "UTC");
        try {
            own = SparkSession.builder().config(settings).getOrCreate();
            own.conf().getAll(); // Spark checks the settings of SQL at their first use
        } catch (IllegalArgumentException e) { // a value after -- or in spark-defaults.conf
            throw new UsageException("Spark does not start with these settings: " + ExitCodes.reason(e), e);
        }
        return own;
    }

    /** Cancels all running Spark jobs. */
    public void cancel() {
        running().ifPresent(session -> session.sparkContext().cancelAllJobs());
    }

    /** Stops the session if this object has started it. */
    @Override
    public void close() {
        if (own != null) {
            own.stop();
        }
    }

    /** The settings of file systems without a Spark session. */
    public static final class FileSystemSettings {
        private FileSystemSettings() {}

        /** Returns the settings of the options of spark-submit and of the site's files. */
        public static Configuration ofSpark() {
            return SparkHadoopUtil.get().newConfiguration(new SparkConf());
        }
    }
}
