package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.scoring.LeastCost;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.ReferenceScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/** Scored rows: what some alert rates, a number of alerts, or the threshold of least cost would flag among them. */
public final class AlertBudgets {
    private final ReferenceRows known;
    private final boolean isLabelled;
    private final Dataset<Row> scores;

    /**
     * Prepares to score rows by the number by which they are compared, standardised if the model can.
     *
     * @param form makes the features of the model. Not modified.
     * @param options columns of weights and of the label, which is 1 for anomalous rows, 0 for others and null if that
     *     is not known; a label that does not have both values and no other ones is not used
     */
    public AlertBudgets(
            LatentModel<?> model, TableForm form, ReferenceRows known, Dataset<Row> table, TableOptions options) {
        this.known = known;
        String score = SchemaColumns.unused(table.schema(), "latent_score");
        Optional<Column> label = label(table, options.label());
        isLabelled = label.isPresent();
        scores = new Scoring(model, form.with(known), options.invalid())
                .add(table, OutputColumns.of(Map.of()).withCompared(score))
                .select(
                        col(score).as("score"),
                        TableRows.weight(table.schema(), options).cast("double").as("weight"),
                        label.orElse(lit(null)).cast("int").as("label"))
                .where("score is not null and not isnan(score) and weight > 0");
    }

    private static Optional<Column> label(Dataset<Row> table, String name) {
        Optional<Column> given = Optional.ofNullable(name).map(SchemaColumns::column);
        return given.map(column -> column.cast("string").try_cast("double")).filter(label -> {
            Dataset<Row> values = table.where(given.get().isNotNull()).select(coalesce(label, lit(Double.NaN)));
            return Set.copyOf(values.as(Encoders.DOUBLE()).distinct().takeAsList(3))
                    .equals(Set.of(0.0, 1.0));
        });
    }

    /** Returns the area under the ROC curve among the rows whose label is known; empty if there is no label. */
    public Optional<Double> area() {
        if (!isLabelled) {
            return Optional.empty();
        }
        JavaRDD<Tuple3<Object, Object, Object>> rows = scores.where("label is not null")
                .toJavaRDD()
                .map(row ->
                        new Tuple3<Object, Object, Object>(row.getDouble(0), (double) row.getInt(2), row.getDouble(1)));
        BinaryClassificationMetrics metrics = new BinaryClassificationMetrics(rows.rdd(), 0);
        try {
            return Optional.of(metrics.areaUnderROC());
        } finally {
            metrics.unpersist();
        }
    }

    /**
     * Returns the threshold above which a number of rows are, or more if several have the least score of these; all
     * rows if there are fewer.
     */
    public double threshold(int alerts) {
        Row least = scores.orderBy(col("score").desc())
                .limit(alerts)
                .agg(min("score"))
                .first();
        return least.isNullAt(0) ? Double.MAX_VALUE : Math.nextDown(least.getDouble(0));
    }

    /**
     * Returns the list {@code budgets}: for the number of alerts, if there is one, and for each alert rate the score
     * that this share of the reference rows exceeds, the rows above it, their share of all rows, and precision and
     * recall of known anomalous rows. Then, if there are costs, what {@link LeastCost} finds among the rows whose label
     * is known, as {@code costs}. Figures that are not known are left out. Rows that are read more than once are scored
     * once.
     *
     * @throws IllegalArgumentException if the costs cannot be used
     * @throws DataException if there are costs, but no label
     */
    public Map<String, Object> figures(List<Double> rates, Optional<Integer> alerts, Map<String, Double> costs) {
        if (alerts.isPresent() || !costs.isEmpty()) {
            scores.persist();
        }
        try {
            List<Row> limits = new ArrayList<>();
            alerts.ifPresent(rows -> {
                double threshold = threshold(rows);
                limits.add(RowFactory.create(rows, known.scores().rate(threshold), threshold));
            });
            rates.forEach(rate ->
                    limits.add(RowFactory.create(null, rate, known.scores().exceededBy(rate))));
            Column flagged =
                    when(col("score").gt(col("threshold")), col("weight")).otherwise(0.0);
            Column hits = sum(flagged.multiply(col("label")));
            List<Map<String, Object>> budgets = scores
                    .crossJoin(scores.sparkSession()
                            .createDataFrame(
                                    limits, StructType.fromDDL("alerts INT, alertRate DOUBLE, threshold DOUBLE")))
                    .groupBy("alerts", "alertRate", "threshold")
                    .agg(
                            sum(flagged).as("rows"),
                            sum(flagged).divide(sum("weight")).as("share"),
                            hits.divide(nullif(sum(when(col("label").isNotNull(), flagged)), lit(0.0)))
                                    .as("precision"),
                            hits.divide(nullif(sum(col("weight").multiply(col("label"))), lit(0.0)))
                                    .as("recall"))
                    .orderBy(col("alerts").desc(), col("alertRate"))
                    .collectAsList()
                    .stream()
                    .map(row -> known(Json.parse(row.json())))
                    .toList();
            return costs.isEmpty()
                    ? Json.object("budgets", budgets)
                    : Json.object("budgets", budgets, "costs", known(leastCost(costs)));
        } finally {
            scores.unpersist();
        }
    }

    private Map<String, Object> leastCost(Map<String, Double> costs) {
        ScoreSection.misfit(costs).ifPresent(misfit -> {
            throw new IllegalArgumentException("score.costs " + misfit);
        });
        Map<Integer, ReferenceScores> labelled = CountedScores.byKey(scores.where("label is not null"));
        if (labelled.isEmpty()) {
            throw new DataException(
                    "score.costs needs a label that is 1 for some known anomalies and 0 for others, and null where that is not known; this table has none");
        }
        ReferenceScores none = ReferenceScores.of();
        Map<String, Object> least = LeastCost.of(
                labelled.getOrDefault(1, none),
                labelled.getOrDefault(0, none),
                costs.get("missed"),
                costs.get("review"));
        least.put("alertRate", known.scores().rate((double) least.get("threshold")));
        return least;
    }

    /** Returns the known figures, and the weight of rows as a whole number if it is one. */
    private static Map<String, Object> known(Map<String, Object> figures) {
        figures.values().removeIf(value -> value == null || value.equals(Double.NaN));
        figures.computeIfPresent("rows", (name, rows) -> (double) rows % 1 == 0 ? Math.round((double) rows) : rows);
        return figures;
    }
}
