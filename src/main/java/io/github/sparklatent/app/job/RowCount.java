package io.github.sparklatent.app.job;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import scala.collection.Map;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.Duration;

/** The number of rows of a table, counted while a job writes them. */
final class RowCount {
    /** Spark reports the count in an event behind the end of the job. */
    private static final Duration LIMIT = Duration.apply(30, TimeUnit.SECONDS);

    private final Observation observation = new Observation();

    /** Returns the rows; the first job that reads them counts them. */
    Dataset<Row> of(Dataset<Row> table) {
        return table.observe(observation, count(lit(1)).as("rows"));
    }

    /** Returns the number of rows; empty if the writer of a catalog has not reported it. */
    OptionalLong found() {
        try {
            return rows(Await.result((Future<?>) observation.future(), LIMIT));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /**
     * Returns the count of a row (Spark 4.1) or of a map (Spark 4.0). A writer that runs the query
     * in its own way, such as Delta's, reports an empty one.
     */
    private static OptionalLong rows(Object observed) {
        if (observed instanceof Row row && row.length() > 0) {
            return OptionalLong.of(row.getLong(0));
        }
        return observed instanceof Map<?, ?> map && map.nonEmpty()
                ? OptionalLong.of((long) map.values().head())
                : OptionalLong.empty();
    }
}
