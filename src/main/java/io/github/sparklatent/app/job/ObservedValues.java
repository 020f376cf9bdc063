package io.github.sparklatent.app.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import scala.collection.Map;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.OptionConverters;

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
            return values(Await.result((Future<?>) observation.future(), LIMIT));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Returns the values of a row (Spark 4.1) or of a map (Spark 4.0). A writer that runs the query in its own way,
     * such as Delta's, reports an empty one.
     */
    @SuppressWarnings("unchecked") // the keys are the names above
    private Optional<List<Object>> values(Object observed) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<Object> value = observed instanceof Row row
                    ? row.length() > i ? Optional.ofNullable(row.get(i)) : Optional.empty()
                    : observed instanceof Map<?, ?> map
                            ? OptionConverters.toJava(((Map<String, Object>) map).get(name(i)))
                            : Optional.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }
}
