package io.github.sparklatent.cluster.table;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads times that are written as in SQL. Needs no Spark session. */
public final class SqlTime {
    private SqlTime() {}

    /**
     * Returns a time; empty if the text is not a time.
     *
     * @param zone time zone of a text without one
     */
    public static Optional<Instant> of(String text, ZoneId zone) {
        var micros = DateTimeUtils.stringToTimestamp(UTF8String.fromString(text), zone);
        return micros.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.EPOCH.plus((long) micros.get(), ChronoUnit.MICROS));
    }
}
