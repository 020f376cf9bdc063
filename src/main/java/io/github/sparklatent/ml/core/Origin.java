package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.linalg.Kernels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Definition;
import io.github.sparklatent.report.Page.Definitions;
import io.github.sparklatent.report.Page.Listing;
import io.github.sparklatent.report.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The origin of a result: versions, machine, data and options. Kept in {@code metrics.json} and with the model.
 *
 * @param entries entries by name, in the order of output
 */
public record Origin(Map<String, Object> entries) {
    /**
     * Returns the origin of a result computed now.
     *
     * @param dataFingerprint fingerprint of the rows; null if no rows were read
     * @param dataVersions versions of the tables by the keys that name them; empty if the tables have none
     */
    public static Origin of(
            SparkSession spark, Settings settings, String dataFingerprint, Map<String, Object> dataVersions) {
        BuildInfo build = BuildInfo.read();
        Map<String, Object> origin = Json.object(
                "version", build.version(),
                "commit", build.commit(),
                "seed", settings.get("train.seed", Long.class),
                "spark", spark.version(),
                "java", property("java.version") + " (" + property("java.vendor") + ")",
                "os", property("os.name") + " " + property("os.arch"),
                "cores", spark.sparkContext().defaultParallelism(),
                "blas", "own kernels, " + Kernels.description(),
                "dataFingerprint", dataFingerprint);
        if (!dataVersions.isEmpty()) {
            origin.put("dataVersions", dataVersions);
        }
        origin.put("options", settings.asMap());
        return new Origin(origin);
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    /** Returns the entries as one line of JSON. */
    public String json() {
        return Json.line(entries);
    }

    /**
     * Returns the section of a page with the entries, of which the options have their own form.
     *
     * @param options the resolved options as text; empty: they are not shown
     */
    public Section section(String options) {
        List<Definition> shown = new ArrayList<>();
        entries.forEach((name, value) -> {
            if (!name.equals("options")) {
                shown.add(new Definition(
                        name, value instanceof Map<?, ?> map ? Json.line(map) : String.valueOf(value)));
            }
        });
        List<Block> blocks = new ArrayList<>(List.of(new Definitions(shown)));
        if (!options.isBlank()) {
            blocks.add(new Listing("Resolved options", options.strip()));
        }
        return new Section("origin", "Origin", "", blocks);
    }
}
