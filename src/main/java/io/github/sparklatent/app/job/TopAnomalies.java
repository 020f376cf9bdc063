package io.github.sparklatent.app.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * The most anomalous rows of a table. A job finds them while it writes the scored rows, so that the table is not read
 * again. Then these few rows are explained by their columns.
 */
final class TopAnomalies {
    /** Number of rows. */
    private static final int SHOWN = 5;

    /** Cells of a row that are shown, to recognise the row. */
    private static final int CELLS = 6;

    /** Least severity of these rows, so that Spark passes few rows to the aggregate. */
    private static final double MIN_SEVERITY = 90;

    /** Contribution of a column that one row in 20 exceeds, in nats; a smaller one is no fault. */
    private static final double UNUSUAL = 3;

    private static final List<ScoreColumn> NEEDED =
            List.of(ScoreColumn.ANOMALY, ScoreColumn.SEVERITY, ScoreColumn.IS_ANOMALY, ScoreColumn.CONTRIBUTIONS);

    /** The number of alerts, then the rows with the greatest scores. */
    final ObservedValues observed = new ObservedValues();

    private final ScoreSection section;
    private final Optional<String> id;
    private Dataset<Row> table;

    /**
     * The alerts among scored rows.
     *
     * @param expected share of normal rows that are alerts; absent if a threshold decides
     * @param threshold the threshold and its alert rate; empty if the expected share decides
     * @param greatest rows with the greatest scores, which come first; empty if they are not explained
     */
    record Found(
            long rows,
            long anomalies,
            Optional<Double> expected,
            Map<String, Object> threshold,
            List<Map<String, Object>> greatest) {
        private double share() {
            return anomalies / (double) rows;
        }

        /** Returns the metrics for {@code --json}. */
        Map<String, Object> metrics() {
            Map<String, Object> metrics = Json.object("anomalies", anomalies, "alertShare", share());
            expected.ifPresent(rate -> {
                metrics.put("expectedAlertShare", rate);
                metrics.put("alertRatio", share() / rate);
            });
            metrics.putAll(threshold);
            metrics.put("greatest", greatest);
            return metrics;
        }

        /** Adds the lines for people. */
        void addTo(Lines lines) {
            lines.add(
                    "anomalies",
                    "%d of %s, %.3g%%%s%s",
                    anomalies,
                    Lines.count(rows, "row"),
                    100 * share(),
                    expected.map(rate -> String.format(
                                    Locale.ROOT, " (expected %.3g%%, ratio %.3g)", 100 * rate, share() / rate))
                            .orElseGet(() -> String.format(
                                    Locale.ROOT,
                                    " (above the threshold %s, an alert rate of %.3g%%)",
                                    threshold.get("threshold"),
                                    100 * (double) threshold.get("alertRate"))),
                    greatest.isEmpty() ? "" : "; the most anomalous, with the top contributing columns:");
            greatest.forEach(row -> lines.add("", "%s: %s", row.get("row"), row.get("columns")));
        }
    }

    /**
     * Creates an empty list.
     *
     * @param section columns that are added to the rows. Without {@code isAnomaly} nothing is counted, and without all
     *     that are needed here, no row is looked for
     * @param id column with the key of a row; empty: its first cells are shown
     */
    TopAnomalies(ScoreSection section, Optional<String> id) {
        this.section = section;
        this.id = id;
    }

    /**
     * Returns the scored rows; the first job that reads them fills the list.
     *
     * @param before the rows before they were scored
     */
    Dataset<Row> of(Dataset<Row> scored, Dataset<Row> before) {
        table = before;
        if (!section.columns().contains(ScoreColumn.IS_ANOMALY)) {
            return scored;
        }
        Column alerts =
                sum(when(col(ScoreColumn.IS_ANOMALY.toString()), lit(1L)).otherwise(lit(0L)));
        if (!isExplained()) {
            return observed.of(scored, alerts);
        }
        Column[] cells = Arrays.stream(before.schema().fieldNames())
                .map(SchemaColumns::column)
                .toArray(Column[]::new);
        Column isShown = col(ScoreColumn.SEVERITY.toString()).geq(MIN_SEVERITY);
        StructType row = new StructType()
                .add("severity", DataTypes.DoubleType)
                .add("anomaly", DataTypes.DoubleType)
                .add("row", before.schema());
        return observed.of(
                scored,
                alerts,
                udaf(new Greatest(row), Encoders.row(row))
                        .apply(
                                when(isShown, col(ScoreColumn.SEVERITY.toString())),
                                when(isShown, col(ScoreColumn.ANOMALY.toString())),
                                when(isShown, struct(cells))));
    }

    private boolean isExplained() {
        return section.columns().containsAll(NEEDED);
    }

    /**
     * Returns what was found; empty if it was not asked for, or if the writer of a catalog has not reported it.
     *
     * @param rows number of scored rows
     * @param threshold the threshold and its alert rate; empty if {@code score.alertRate} decides
     * @param explained adds to rows their anomaly scores and their explanations
     */
    Optional<Found> found(long rows, Map<String, Object> threshold, UnaryOperator<Dataset<Row>> explained) {
        if (!section.columns().contains(ScoreColumn.IS_ANOMALY)) {
            return Optional.empty();
        }
        Optional<Double> expected = threshold.isEmpty() ? Optional.of(section.alertRate()) : Optional.empty();
        return observed.values()
                .map(values -> new Found(
                        rows,
                        (long) values.get(0),
                        expected,
                        threshold,
                        isExplained() ? explain(Greatest.list((Row) values.get(1)), explained) : List.of()));
    }

    private List<Map<String, Object>> explain(List<Row> greatest, UnaryOperator<Dataset<Row>> explained) {
        List<Row> rows = greatest.stream().map(row -> row.getStruct(2)).toList();
        List<Row> added = rows.isEmpty()
                ? List.of()
                : explained
                        .apply(table.sparkSession()
                                .createDataFrame(rows, table.schema())
                                .coalesce(1))
                        .collectAsList();
        return added.stream() // one partition, so in their order
                .map(row -> Json.object(
                        ScoreColumn.ANOMALY.toString(),
                        row.getAs(ScoreColumn.ANOMALY.toString()),
                        "row",
                        shown(row),
                        "columns",
                        words(row)))
                .toList();
    }

    private String shown(Row row) {
        String[] names = table.schema().fieldNames();
        return id.flatMap(key ->
                        Arrays.stream(names).filter(key::equalsIgnoreCase).findFirst())
                .map(Stream::of)
                .orElseGet(() -> Arrays.stream(names).limit(CELLS))
                .map(name -> Objects.toString(row.<Object>getAs(name), ""))
                .collect(Collectors.joining(", "));
    }

    /** Returns the top contributing columns in words, at least the first one. */
    private static String words(Row row) {
        List<Row> columns = row.getList(row.fieldIndex(ScoreColumn.CONTRIBUTIONS.toString()));
        return IntStream.range(0, columns.size())
                .filter(i -> i == 0 || columns.get(i).<Double>getAs("contribution") >= UNUSUAL)
                .mapToObj(i -> Explanations.words(columns.get(i)))
                .collect(Collectors.joining("; "));
    }

    /** The rows with the greatest severities and, of the same severity, anomaly scores, in this order. */
    private static final class Greatest extends Aggregator<Row, Row, Row> {
        private static final long serialVersionUID = 1L;

        private final StructType list;

        Greatest(StructType row) {
            list = new StructType().add("rows", DataTypes.createArrayType(row));
        }

        static List<Row> list(Row buffer) {
            return buffer.get(0) instanceof Object[] array
                    ? Arrays.stream(array).map(Row.class::cast).toList()
                    : buffer.getList(0);
        }

        /** Equal scores are in the order of the texts, so that the list is always the same. */
        private static Row greatest(Stream<Row> rows) {
            Object[] kept = rows.sorted(Comparator.comparingDouble((Row row) -> -row.getDouble(0))
                            .thenComparingDouble(row -> -row.getDouble(1))
                            .thenComparing(row -> row.get(2).toString()))
                    .limit(SHOWN)
                    .toArray();
            return RowFactory.create((Object) kept);
        }

        @Override
        public Row zero() {
            return RowFactory.create((Object) new Object[0]);
        }

        @Override
        public Row reduce(Row buffer, Row row) {
            if (row.isNullAt(0)) {
                return buffer;
            }
            List<Row> kept = list(buffer);
            boolean isLess = kept.size() == SHOWN
                    && row.getDouble(0) < kept.get(SHOWN - 1).getDouble(0);
            return isLess ? buffer : greatest(Stream.concat(kept.stream(), Stream.of(row)));
        }

        @Override
        public Row merge(Row left, Row right) {
            return greatest(Stream.concat(list(left).stream(), list(right).stream()));
        }

        @Override
        public Row finish(Row buffer) {
            return buffer;
        }

        @Override
        public Encoder<Row> bufferEncoder() {
            return Encoders.row(list);
        }

        @Override
        public Encoder<Row> outputEncoder() {
            return Encoders.row(list);
        }
    }

    /** Aggregates of rows that Spark computes while a job writes them. */
    static final class ObservedValues {
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
                        : Optional.of(IntStream.range(0, count)
                                .mapToObj(observed::get)
                                .toList());
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
