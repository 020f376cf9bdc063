package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.linalg.Kernels;
import io.github.sparklatent.ml.io.Json;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Where a result comes from; kept in {@code metrics.json} and with the model.
 *
 * @param entries by name, in the order in which a person reads them
 */
public record Origin(Map<String, Object> entries) {
    /**
     * The origin of what is made now.
     *
     * @param dataFingerprint of the rows; null where none were read
     */
    public static Origin of(SparkSession spark, Settings settings, String dataFingerprint) {
        BuildInfo build = BuildInfo.read();
        return new Origin(
                Json.object(
                        "version", build.version(),
                        "commit", build.commit(),
                        "seed", settings.get(CommonKeys.SEED),
                        "spark", spark.version(),
                        "java", property("java.version") + " (" + property("java.vendor") + ")",
                        "os", property("os.name") + " " + property("os.arch"),
                        "cores", spark.sparkContext().defaultParallelism(),
                        "blas", "own kernels, " + Kernels.description(),
                        "dataFingerprint", dataFingerprint,
                        "options", settings.asMap()));
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    /** As one line of JSON. */
    public String json() {
        return Json.line(entries);
    }
}
