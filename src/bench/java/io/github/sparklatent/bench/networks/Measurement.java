package io.github.sparklatent.bench.networks;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** One theme at work. */
interface Measurement {
    /** Measures what is asked for and puts it on file. */
    void run(SparkSession spark) throws IOException;

    /** The tables of what is on file, in Markdown; draws the pictures. */
    String text() throws IOException;
}
