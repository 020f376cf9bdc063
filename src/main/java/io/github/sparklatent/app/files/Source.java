package io.github.sparklatent.app.files;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * All that the rows of a job are computed from, so that a repeated job is recognised. It is determined once, before the
 * rows are read.
 */
final class Source {
    private final Supplier<SparkSession> spark;
    private final Configuration hadoop;
    private final Job job;
    private final JobConfiguration configuration;
    private final TableVersions versions;
    private Optional<String> state;

    Source(
            Supplier<SparkSession> spark,
            Configuration hadoop,
            Job job,
            JobConfiguration configuration,
            TableVersions versions) {
        this.spark = spark;
        this.hadoop = hadoop;
        this.job = job;
        this.configuration = configuration;
        this.versions = versions;
    }

    /** Returns the place of the model, or of the registry that names it. */
    String model() {
        return configuration.registry().path().orElseGet(configuration::savedModel);
    }

    /** Returns the table that is scored with its version or what its files are, or how rows are drawn. */
    String shown() {
        String name = job == Job.SAMPLE
                ? Json.sorted(configuration.settings().asMap().get("sample"))
                : configuration
                        .data()
                        .table()
                        .orElseGet(() -> String.join(
                                ", ",
                                SavedResult.qualified(
                                        hadoop, configuration.data().paths())));
        return Redaction.of(name)
                + state().filter(text -> !text.isEmpty())
                        .map(text -> " (" + text + ")")
                        .orElse("");
    }

    /** Returns the state of the table that is scored; empty if it is not known. */
    private Optional<String> state() {
        if (state == null) {
            DataSection data = configuration.data();
            state = job == Job.SAMPLE
                    ? Optional.of("")
                    : data.table().isEmpty()
                            ? Optional.of(SourceFiles.state(hadoop, data.paths()))
                            : versions.of(new CatalogTable(
                                            spark, "data.table", data.table().get()))
                                    .map(version -> "version " + version);
        }
        return state;
    }

    /**
     * Returns a digest of the model, the table, the settings and the program; null if the table's state is not known.
     */
    String fingerprint() {
        if (state().isEmpty()) {
            return null;
        }
        Map<String, Object> settings = new TreeMap<>(configuration.settings().asMap());
        settings.keySet().retainAll(List.of("data", "score", "sample"));
        try {
            Path model = SavedModels.directory(hadoop, configuration.savedModel());
            return DigestUtils.sha256Hex(String.join(
                    "\n",
                    BuildInfo.read().commit(),
                    model.toString(),
                    SourceFiles.state(hadoop, List.of(model.toString())),
                    shown(),
                    Json.sorted(settings)));
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be reached: " + e.getMessage(), e);
        }
    }
}
