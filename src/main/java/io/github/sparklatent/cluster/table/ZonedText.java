package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.convert_timezone;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_add;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.TimestampType;

/**
 * Texts of typed values in a time zone that the model keeps. Spark writes a timestamp in the zone of the session, so a
 * model would give other codes in another session.
 */
public final class ZonedText {
    private static final int DATE_LENGTH = "2024-01-31".length();
    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private ZonedText() {}

    /** Returns the time zone of a table's session, which a new model keeps. */
    public static String zone(Dataset<?> table) {
        return table.sparkSession().conf().get("spark.sql.session.timeZone");
    }

    /**
     * Returns an expression of values as texts.
     *
     * @param zone time zone of timestamps; null: that of the session, as earlier models read them
     */
    public static Column of(DataType type, Column values, String zone) {
        Column read = values;
        if (type instanceof TimestampType && zone != null) {
            // Moments as UTC wall-clock times without a zone: no session zone takes part.
            Column utc = timestamp_add("MICROSECOND", unix_micros(values), lit(EPOCH));
            read = convert_timezone(lit("UTC"), lit(zone), utc);
        }
        return read.cast(DataTypes.StringType);
    }

    /** Returns an expression of the values that {@link #of} wrote as these texts. */
    static Column parsed(Column texts, DataType type, String zone) {
        Column read = texts;
        if (type instanceof TimestampType && zone != null) {
            // A zone follows a time of day only.
            Column times = when(length(texts).leq(DATE_LENGTH), concat(texts, lit(" 00:00:00")));
            read = concat(times.otherwise(texts), lit(" " + zone));
        }
        return read.cast(type);
    }
}
