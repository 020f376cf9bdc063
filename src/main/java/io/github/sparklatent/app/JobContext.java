package io.github.sparklatent.app;

import io.github.sparklatent.config.Job;
import io.github.sparklatent.config.JobConfiguration;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with.
 *
 * @param stop asks it to end early
 */
record JobContext(
        Job job, JobConfiguration configuration, SparkSession spark, Console console, Stop stop) {
    /** File systems as Spark knows them. */
    Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }

    /** Where the job's result goes. */
    OutputDirectory output() {
        return new OutputDirectory(
                hadoop(), configuration.resultPath(job), configuration.output().overwrite());
    }
}
