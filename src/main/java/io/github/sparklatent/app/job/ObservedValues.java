package io.github.sparklatent.app.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/** Aggregates of rows that Spark computes while a job writes them. */
final class ObservedValues {
    /** Spark reports the values in an event behind the end of the job. */
    private static final Duration LIMIT = Duration.apply(30, TimeUnit.SECONDS);

    private final Observation observation = new Observation();
    private int count;

    /** Returns the rows; the first job that reads them computes the aggregates. */
    Dataset<Row> of(Dataset<Row> rows, Column first, Column... others) {
        count = 1 + others.length;
        Column[] named = IntStream.range(0, others.length)
                .mapToObj(i -> others[i].as(name(i + 1)))
                .toArray(Column[]::new);
        return rows.observe(observation, first.as(name(0)), named);
    }

    private static String name(int index) {
        return "value" + index;
    }

    /** Returns the values; empty if the writer of a catalog has not reported them. */
    Optional<List<Object>> values() {
        try {
            Row observed = Await.result(observation.future(), LIMIT);
            // A writer that runs the query in its own way, such as that of Delta, reports an empty row.
            return observed.length() < count || observed.anyNull()
                    ? Optional.empty()
                    : Optional.of(
                            IntStream.range(0, count).mapToObj(observed::get).toList());
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
