package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.ml.io.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Map<CatalogTable, Optional<Version>> pinned = new LinkedHashMap<>();
    private Map<?, ?> earlier = Map.of();

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

    /** Lets tables that are read from now on have the versions of an earlier command, as {@link #json} noted them. */
    public void pin(Object noted) {
        earlier = noted instanceof Map<?, ?> tables ? tables : Map.of();
    }

    /** Returns the rows of a table in its version. */
    Dataset<Row> rows(CatalogTable table) {
        return table.rows(of(table).map(Version::number));
    }

    /** Returns the version that was pinned, or the newest one when it was asked for first; empty without versions. */
    Optional<Version> of(CatalogTable table) {
        return pinned.computeIfAbsent(table, this::first);
    }

    /** Returns the version of an earlier command, unless it is gone, which stays so. */
    private Optional<Version> first(CatalogTable table) {
        try {
            if (earlier.get(table.key()) instanceof Map<?, ?> noted
                    && table.name().equals(noted.get("table"))) {
                long number = Long.parseLong((String) noted.get("version"));
                table.rows(Optional.of(number));
                return Optional.of(new Version(number, Instant.parse((String) noted.get("timestamp"))));
            }
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            LOG.warn("{} is read in its newest version: {}", table.shown(), ExitCodes.reason(e));
        }
        return newest(table);
    }

    /** Returns the newest version. A history that cannot be read is no reason to refuse the table. */
    private static Optional<Version> newest(CatalogTable table) {
        try {
            return table.newestVersion();
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            LOG.warn(
                    "{} is read without a fixed version, because its versions cannot be read: {}",
                    table.shown(),
                    ExitCodes.reason(e));
            return Optional.empty();
        }
    }
}
