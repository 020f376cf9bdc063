package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of the tables that a command reads. The version of a table is determined when the command reads it for
 * the first time, and all later reads use this version. So rows of two states are not mixed if another program writes
 * to the table meanwhile.
 */
public final class TableVersions {
    private static final Logger LOG = LoggerFactory.getLogger(TableVersions.class);

    /** Keys of the tables whose version the settings name; others are read in their newest one. */
    private static final Set<String> NAMED = Set.of("data.path", "data.table");

    /** Versions that a message names. */
    private static final int SHOWN = 3;

    private final Map<CatalogTable, Optional<Version>> pinned = new LinkedHashMap<>();

    /**
     * A version of a table.
     *
     * @param number number of a version of Delta, or id of a snapshot of Iceberg
     * @param time time at which it became the newest version
     */
    record Version(long number, Instant time) {
        @Override
        public String toString() {
            return number + " of " + time;
        }
    }

    /** Returns the tables that have versions, by the keys that name them: name, version and time. */
    public Map<String, Object> json() {
        Map<String, Object> tables = new LinkedHashMap<>();
        // Readers of JSON may keep numbers as doubles, which cannot hold the ids of Iceberg.
        pinned.forEach((table, version) -> version.ifPresent(of -> tables.put(
                table.key(),
                Json.object(
                        "table", table.name(), "version", Long.toString(of.number()), "timestamp", of.time() + ""))));
        return tables;
    }

    /** Returns a sentence for each table that has versions. */
    public List<String> sentences() {
        return pinned.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(version -> "%s is read in its version %s"
                                .formatted(entry.getKey().shown(), version)))
                .toList();
    }

    /**
     * Returns the rows of a table in the version that the settings name, or else in the newest one.
     *
     * @throws UsageException if the settings name a version of a table without versions
     * @throws DataException if the table has no such version
     */
    Dataset<Row> rows(CatalogTable table, DataSection data) {
        Optional<Version> version = pinned.get(table);
        if (version == null) {
            boolean isNamed = NAMED.contains(table.key())
                    && (data.version().isPresent() || data.timestamp().isPresent());
            version = isNamed ? named(table, data) : newest(table);
            pinned.put(table, version);
        }
        return table.rows(version.map(Version::number));
    }

    /** Returns the newest version. A history that cannot be read is no reason to refuse the table. */
    private static Optional<Version> newest(CatalogTable table) {
        try {
            List<Version> newestFirst = table.versions(true);
            return newestFirst.stream().findFirst();
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            LOG.warn(
                    "{} is read without a fixed version, because its versions cannot be read: {}",
                    table.shown(),
                    ExitCodes.reason(e));
            return Optional.empty();
        }
    }

    private static Optional<Version> named(CatalogTable table, DataSection data) {
        String given = data.version()
                .map(version -> "data.version is " + version)
                .orElseGet(() ->
                        "data.timestamp is \"%s\"".formatted(data.timestamp().orElseThrow()));
        if (!table.hasVersions()) {
            throw new UsageException(
                    "%s, but %s is not a table of Delta or Iceberg and has no versions; remove the key, or name another table"
                            .formatted(given, table.shown()));
        }
        Optional<Instant> time = data.timestamp().map(table::instant);
        if (time.filter(Instant.now()::isBefore).isPresent()) {
            throw new UsageException(given + ", which is in the future; set an earlier time");
        }
        List<Version> all = versions(table);
        Optional<Version> found = all.stream()
                .filter(version -> time.map(until -> !version.time().isAfter(until))
                        .orElseGet(() ->
                                Objects.equals(version.number(), data.version().orElseThrow())))
                .findFirst();
        if (found.isEmpty()) {
            throw new DataException("%s, but %s %s".formatted(given, table.shown(), missing(all, time)));
        }
        return found;
    }

    private static List<Version> versions(CatalogTable table) {
        try {
            return table.versions(false);
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            throw new DataException(
                    "the versions of %s cannot be read: %s".formatted(table.shown(), ExitCodes.reason(e)), e);
        }
    }

    private static String missing(List<Version> newestFirst, Optional<Instant> time) {
        if (newestFirst.isEmpty()) {
            return "has no version yet; remove the key";
        }
        return time.isPresent()
                ? "has no version of this time or before, its first is %s; set a later time"
                        .formatted(newestFirst.get(newestFirst.size() - 1))
                : "has no such version; its newest are %s"
                        .formatted(newestFirst.stream()
                                .limit(SHOWN)
                                .map(Version::toString)
                                .collect(Collectors.joining(", ")));
    }
}
