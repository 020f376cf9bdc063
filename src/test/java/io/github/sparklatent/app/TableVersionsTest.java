package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that read tables with versions. */
class TableVersionsTest extends CommandTest {
    private static final String CATALOG = "spark.sql.catalog.lake";
    private static final String FEATURES = "data { id = row, features = [x, y] }";
    private static final String FIRST = "2026-11-24T00:00:00Z";
    private static final String SECOND = "2026-11-24T12:00:00Z";

    /** The result of a training during which another program adds versions. */
    @TempDir
    static Path trained;

    private static VersionedCatalog catalog;
    private static Ended training;

    @BeforeAll
    static void train() throws Exception {
        spark.conf().set(CATALOG, VersionedCatalog.class.getName());
        catalog = (VersionedCatalog)
                ((SparkSession) spark).sessionState().catalogManager().catalog("lake");
        twoVersions();
        catalog.addAfterHistory();
        training = run(
                trained,
                "train",
                "data.table = lake.db.t",
                FEATURES,
                "model.components = 2, output { path = \"DIR/out\", report = false }");
    }

    @BeforeEach
    void reset() {
        twoVersions();
    }

    private static void twoVersions() {
        catalog.clear();
        catalog.commit(Instant.parse(FIRST), 20, true);
        catalog.commit(Instant.parse(SECOND), 40, true);
    }

    private static String[] reading(String settings) {
        return new String[] {
            settings, FEATURES, "model.path = \"" + trained.resolve("out") + "\", output.path = \"DIR/result\""
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> version(Map<String, Object> metrics) {
        return (Map<String, Object>) section(metrics, "dataVersions").get("data.table");
    }

    @Test
    void aTrainingReadsOneVersionThroughout() throws IOException {
        assertThat(done(training).err()).contains("data.table \"lake.db.t\" is read in its version 2 of " + SECOND);
        Map<String, Object> metrics = Json.parse(Files.readString(trained.resolve("out/metrics.json")));
        assertThat(section(metrics, "rows").toString()).contains("skipped=0");
        Map<String, Object> expected = Map.of("table", "lake.db.t", "version", "2", "timestamp", SECOND);
        assertThat(version(section(metrics, "origin"))).isEqualTo(expected);
        assertThat(version(status(trained.resolve("out").toString()))).isEqualTo(expected);
    }

    @Test
    void anEvaluationReadsTheNewestVersion() throws IOException {
        catalog.addAfterHistory();
        assertThat(done(run("evaluate", reading("data.table = lake.db.t"))).out())
                .contains("40, 0 skipped");
        assertThat(catalog.size()).as("versions after the reads").isGreaterThan(2);
        assertThat(version(section(metrics("result"), "origin"))).containsEntry("version", "2");
    }

    /** A night that was killed after its training reads the version that it was trained on, unless that is gone. */
    @Test
    void aNightReadsTheVersionOfItsTraining() {
        String other = "these are not the rows that the table had at the training";
        catalog.clear();
        catalog.commit(Instant.parse(FIRST), 200, true);
        String[] nightly = {
            "--config",
            configuration(
                    "data.table = lake.db.t",
                    FEATURES,
                    "model.components = 2, gate.fraction = 0.3, registry.path = \"DIR/registry\", output.report = false")
        };
        done(latent(with(new String[] {"train", "--run-id", "one"}, nightly)));
        done(latent(with(new String[] {"train", "--run-id", "two"}, nightly)));
        catalog.commit(Instant.parse(SECOND), 240, true);
        assertThat(done(latent(with(new String[] {"registry", "retrain", "--run-id", "one"}, nightly)))
                        .out())
                .contains("champion  one")
                .doesNotContain(other);
        catalog.expire();
        Ended gone = done(latent(with(new String[] {"registry", "retrain", "--run-id", "two"}, nightly)));
        assertThat(gone.out()).contains("two rejected", other);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    path = ["DIR", b], format = delta          ~ 2 ~ data.path names 2 tables, but data.format is delta: name one
                    path = "DIR/plain", format = delta         ~ 3 ~ cannot be read as delta: it has no directory _delta_log
                    path = "DIR/delta", format = delta         ~ 3 ~ is a table of Delta, which this Spark cannot read; add Delta after --
                    """)
    void aTableOfDeltaThatCannotBeRead(String table, int code, String sentence) throws IOException {
        Files.createDirectories(folder.resolve("delta/_delta_log"));
        Files.createDirectories(folder.resolve("plain"));
        assertRefused(run("score", reading("data { " + table + " }")), code, sentence);
    }

    @Test
    void aTableWithoutAVersionYetIsReadAsItIs() {
        catalog.clear();
        assertThat(run("evaluate", reading("data.table = lake.db.t")).err()).doesNotContain("is read in its version");
    }
}
