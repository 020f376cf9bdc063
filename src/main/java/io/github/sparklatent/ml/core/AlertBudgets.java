package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.ml.anomaly.AnomalySeverity;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Alert rates with what each would flag among some rows, which helps to choose one. */
public final class AlertBudgets {
    static final StructType SCHEMA = StructType.fromDDL(
            "alertRate DOUBLE, threshold DOUBLE, rows DOUBLE, share DOUBLE, precision DOUBLE, recall DOUBLE");

    private static final double[] RATES = {0.001, 0.005, 0.01, 0.02, 0.05};

    private AlertBudgets() {}

    /**
     * Returns a row for each rate: the score that this share of the reference rows exceeds (the standardised one if
     * rows are compared by it), the rows above it, their share of all rows, and precision and recall of known anomalous
     * rows, which are null without any.
     *
     * @param model model that reads the table
     * @param weight weights by which rows count
     * @param label 1 for anomalous rows, 0 for others; null: not known
     */
    public static Dataset<Row> of(
            LatentModel<?> model, AnomalySeverity severity, Dataset<Row> table, Column weight, Column label) {
        LatentModel<?> scorer = model.bareOfOutput();
        scorer.setSeverityCol(SchemaColumns.unused(table.schema(), "latent_severity"));
        ScoreDistribution scores = severity.referenceRows().scores();
        List<Row> rates = Arrays.stream(RATES)
                .mapToObj(rate ->
                        RowFactory.create(rate, scores.exceededBy(rate), scores.percentile(scores.exceededBy(rate))))
                .toList();
        Column flagged = when(col("severity").gt(col("limit")), col("weight")).otherwise(0);
        Column hits = sum(flagged.multiply(col("label")));
        return scorer.transform(table)
                .select(
                        SchemaColumns.column(scorer.getSeverityCol()).as("severity"),
                        weight.as("weight"),
                        label.cast("double").gt(0.5).cast("double").as("label"))
                .where("severity is not null and not isnan(severity) and weight > 0")
                .crossJoin(table.sparkSession()
                        .createDataFrame(rates, StructType.fromDDL("alertRate DOUBLE, threshold DOUBLE, limit DOUBLE")))
                .groupBy("alertRate", "threshold")
                .agg(
                        sum(flagged).as("rows"),
                        sum(flagged).divide(sum("weight")).as("share"),
                        hits.divide(nullif(sum(when(col("label").isNotNull(), flagged)), lit(0.0)))
                                .as("precision"),
                        hits.divide(nullif(sum(col("weight").multiply(col("label"))), lit(0.0)))
                                .as("recall"))
                .orderBy("alertRate")
                .to(SCHEMA);
    }
}
