package io.github.sparklatent.app.console;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The settings of file systems without a Spark session. */
public final class FileSystemSettings {
    private FileSystemSettings() {}

    /** Returns the settings of the options of spark-submit and of the site's files. */
    public static Configuration ofSpark() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }
}
