package io.github.sparklatent.bench;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What contestants run on.
 *
 * @param spark session
 * @param folder that generated rows are kept in
 * @param images folder of MNIST's four files
 */
public record Course(SparkSession spark, Path folder, Path images) {}
