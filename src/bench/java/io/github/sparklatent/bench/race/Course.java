package io.github.sparklatent.bench.race;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What contestants run on.
 *
 * @param folder of generated rows
 * @param images folder of MNIST's four files
 */
record Course(SparkSession spark, Path folder, Path images) {}
