package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Compares the scores of rows with the scores of reference rows. It adds the severity of a row, which is the percentage
 * of reference rows with a lower score, and whether the row is an anomaly: whether its score is above the threshold, or
 * above the score that a share {@code alertRate} of the reference rows exceeds. Scores are standardised if the model
 * can.
 */
public final class AnomalySeverity extends Transformer implements SeverityParams<AnomalySeverity>, MLWritable {
    private final String uid;
    private final ReferenceRows known;

    /** Creates a stage. */
    public AnomalySeverity(String uid, ScoreDistribution known) {
        this(uid, ReferenceRows.of(known));
    }

    /** Creates a stage. */
    public AnomalySeverity(String uid, ReferenceRows known) {
        this.uid = uid;
        this.known = known;
        setDefault(anomalyScoreCol(), "anomalyScore");
        setDefault(standardizedScoreCol(), "");
        setDefault(featuresCol(), "");
        setDefault(severityCol(), "severity");
        setDefault(isAnomalyCol(), "isAnomaly");
        setDefault(alertRate(), 0.01);
        setDefault(threshold(), Double.NaN);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the reference rows. */
    public ReferenceRows referenceRows() {
        return known;
    }

    /** Sets the columns that are read and added; a score that is not read or a column that is not added has no name. */
    public AnomalySeverity with(Map<ScoreColumn, String> names, String features) {
        return setFeaturesCol(features)
                .setAnomalyScoreCol(names.get(ScoreColumn.ANOMALY))
                .setStandardizedScoreCol(names.getOrDefault(ScoreColumn.STANDARDIZED, ""))
                .setSeverityCol(names.getOrDefault(ScoreColumn.SEVERITY, ""))
                .setIsAnomalyCol(names.getOrDefault(ScoreColumn.IS_ANOMALY, ""));
    }

    /** Returns the score above which a row is an anomaly. */
    @Override
    public double getThreshold() {
        double set = (double) $(threshold());
        return Double.isNaN(set) ? known.scores().exceededBy(getAlertRate()) : set;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = dataset.schema();
        transformSchema(schema);
        Column score = SchemaColumns.named(schema, "anomalyScore", getAnomalyScoreCol());
        Column compared = compared(schema, score.cast(DataTypes.DoubleType));
        ScoreDistribution distribution = known.scores();
        UDF1<Double, Double> percentile = value -> value == null ? null : distribution.percentile(value);
        Dataset<Row> added = dataset.toDF();
        if (!getSeverityCol().isEmpty()) {
            added = added.withColumn(
                    getSeverityCol(), udf(percentile, DataTypes.DoubleType).apply(compared));
        }
        // Spark orders NaN above all numbers, so a row without a score would be an anomaly.
        Column isAnomaly = compared.gt(getThreshold()).and(score.isNaN().unary_$bang());
        return getIsAnomalyCol().isEmpty()
                ? added
                : added.withColumn(getIsAnomalyCol(), when(score.isNotNull(), isAnomaly)); // nullable, as declared
    }

    /** Returns the number by which rows are compared. */
    private Column compared(StructType schema, Column score) {
        Column number = getStandardizedScoreCol().isEmpty()
                ? score
                : SchemaColumns.named(schema, "standardizedScore", getStandardizedScoreCol());
        return getFeaturesCol().isEmpty() ? number : compared(known, number, SchemaColumns.column(getFeaturesCol()));
    }

    /** Returns the number by which the rows of a model are compared; {@code score}: standardised if the model can. */
    public static Column compared(ReferenceRows known, Column score, Column features) {
        UDF2<Double, Vector, Double> standardized =
                (value, numbers) -> value == null || numbers == null ? value : known.compared(value, numbers.toArray());
        return known.losses() == null && known.counts() == null
                ? score
                : udf(standardized, DataTypes.DoubleType).apply(score, features);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        SchemaColumns.requireNumber(schema, "anomalyScore", getAnomalyScoreCol());
        if (!getStandardizedScoreCol().isEmpty()) {
            SchemaColumns.requireNumber(schema, "standardizedScore", getStandardizedScoreCol());
        }
        StructType out = schema;
        if (!getSeverityCol().isEmpty()) {
            out = SchemaColumns.add(
                    out, "severity", DataTypes.createStructField(getSeverityCol(), DataTypes.DoubleType, true));
        }
        return getIsAnomalyCol().isEmpty()
                ? out
                : SchemaColumns.add(
                        out, "isAnomaly", DataTypes.createStructField(getIsAnomalyCol(), DataTypes.BooleanType, true));
    }

    @Override
    public AnomalySeverity copy(ParamMap extra) {
        return copyValues(new AnomalySeverity(uid, known), extra);
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this, known);
    }

    /** Returns the reader of saved stages. */
    public static MLReader<AnomalySeverity> read() {
        return ModelDirectory.reader(
                AnomalySeverity.class,
                (directory, uid) -> new AnomalySeverity(uid, directory.content(ReferenceRows.class)));
    }

    /**
     * Loads a saved stage.
     *
     * @throws DataException if there is none, or if it is damaged
     */
    public static AnomalySeverity load(String path) {
        return read().load(path);
    }
}
