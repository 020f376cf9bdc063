package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with.
 *
 * @param stop asks it to end early
 */
public record JobContext(
        Job job, JobConfiguration configuration, SparkSession spark, Console console, Stop stop) {
    /** File systems as Spark knows them. */
    Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }

    /** Where the job's result goes. */
    public OutputDirectory output() {
        return new OutputDirectory(
                hadoop(), configuration.resultPath(job), configuration.output().overwrite());
    }

    /**
     * Returns the saved model that the job reads.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged
     * @throws UsageException if it is of another type than the configuration says
     */
    SavedModel savedModel() {
        ModelType asked = configuration.type();
        SavedModel saved = SavedModels.any(Families.ALL, spark, configuration.savedModel(), asked);
        if (!saved.type().equals(asked)) {
            throw new UsageException(
                    "model.type is %s, but the model at \"%s\" is of type %s: set model.type = %s"
                            .formatted(asked, saved.path(), saved.type(), saved.type()));
        }
        return saved;
    }
}
