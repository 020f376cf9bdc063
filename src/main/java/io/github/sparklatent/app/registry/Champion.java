package io.github.sparklatent.app.registry;

import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModels;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The champion of a registry for a program that runs on, such as a stream: the model is loaded again when another
 * version becomes the champion. Not safe for use by several threads.
 *
 * <pre>
 *   Champion champion = new Champion(spark, "hdfs:///registry/readings");
 *   stream.writeStream().foreachBatch((batch, id) -&gt; { champion.model().transform(batch).write()... }).start();
 * </pre>
 */
public final class Champion {
    private static final Logger LOG = LoggerFactory.getLogger(Champion.class);

    private final SparkSession spark;
    private final Registry registry;
    private String run;
    private LatentModel<?> model;

    /** Opens a registry. Throws a UsageException if the file system of the path does not exist. */
    public Champion(SparkSession spark, String registry) {
        this.spark = spark;
        this.registry = new Registry(spark.sparkContext().hadoopConfiguration(), registry);
    }

    /**
     * Returns the champion of this moment. It reads the columns of its training table and adds the columns of its job;
     * its severities and its threshold are those of its training rows. Each call reads the newest entry of the
     * registry's log, and files of a model only if the champion has changed. If the store does not answer, it returns
     * the model that it has, with a warning.
     *
     * @throws io.github.sparklatent.learn.DataException if there is no champion, or if it is damaged
     */
    public LatentModel<?> model() {
        try {
            State state = registry.state();
            String current = registry.resolve(state, Optional.empty());
            if (!current.equals(run)) {
                model = SavedModels.any(
                                spark, registry.directory(state, current).toString())
                        .model();
                run = current;
            }
        } catch (RuntimeException e) {
            if (model == null) {
                throw e;
            }
            LOG.warn(
                    "the champion of {} is not known, so \"{}\" is used: {}",
                    registry.place().shown(),
                    run,
                    e.getMessage());
        }
        return model;
    }

    /** Returns the run id of the version that {@link #model} has returned last; null before the first call. */
    public String runId() {
        return run;
    }
}
