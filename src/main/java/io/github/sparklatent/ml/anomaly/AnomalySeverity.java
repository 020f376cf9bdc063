package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import io.github.sparklatent.scoring.PatternDistributions;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.util.HashMap;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
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
 * Compares anomaly scores with the scores of known rows. It adds the severity of a row, which is the percentage of
 * known rows with a lower score, and whether the row is an anomaly: whether its score is above the threshold, or above
 * the score that a share {@code alertRate} of the known rows exceeds.
 */
public final class AnomalySeverity extends Transformer implements MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final PatternDistributions known;

    /** Creates a stage with a random uid. */
    public AnomalySeverity(ScoreDistribution known) {
        this(Identifiable$.MODULE$.randomUID("AnomalySeverity"), known);
    }

    /** Creates a stage. */
    public AnomalySeverity(String uid, ScoreDistribution known) {
        this(uid, PatternDistributions.of(known));
    }

    /** Creates a stage that compares rows with those of their pattern of missing cells. */
    public AnomalySeverity(String uid, PatternDistributions known) {
        this.uid = uid;
        this.known = known;
        setDefault(anomalyScoreCol(), "anomalyScore");
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

    /** Returns the scores of known rows. */
    public ScoreDistribution known() {
        return known.all();
    }

    /** Returns the scores of known rows, also by their patterns of missing cells. */
    public PatternDistributions distributions() {
        return known;
    }

    /** Returns the Param of the column with the anomaly score. */
    public Param<String> anomalyScoreCol() {
        return new Param<>(this, "anomalyScoreCol", "anomaly score of the row, in nats");
    }

    /** Returns the name of the column with the anomaly score. */
    public String getAnomalyScoreCol() {
        return $(anomalyScoreCol());
    }

    /** Sets the name of the column with the anomaly score. Default: anomalyScore. */
    public AnomalySeverity setAnomalyScoreCol(String value) {
        return (AnomalySeverity) set(anomalyScoreCol(), value);
    }

    /** Returns the Param of the column with the features, by whose missing cells rows differ. */
    public Param<String> featuresCol() {
        return new Param<>(this, "featuresCol", "features of the row; empty: no row has missing cells");
    }

    /** Returns the name of the column with the features. */
    public String getFeaturesCol() {
        return $(featuresCol());
    }

    /**
     * Sets the name of the column with the features, as vectors. Default: empty; then each row is compared with all
     * known rows.
     */
    public AnomalySeverity setFeaturesCol(String value) {
        return (AnomalySeverity) set(featuresCol(), value);
    }

    /** Returns the Param of the added severity. */
    public Param<String> severityCol() {
        return new Param<>(this, "severityCol", "percentage of known rows with a lower score; empty: none");
    }

    /** Returns the name of the added severity. */
    public String getSeverityCol() {
        return $(severityCol());
    }

    /** Sets the name of the added severity. Default: severity. */
    public AnomalySeverity setSeverityCol(String value) {
        return (AnomalySeverity) set(severityCol(), value);
    }

    /** Returns the Param of the added column that says whether a row is an anomaly. */
    public Param<String> isAnomalyCol() {
        return new Param<>(this, "isAnomalyCol", "whether the row is an anomaly; empty: none");
    }

    /** Returns the name of the added column that says whether a row is an anomaly. */
    public String getIsAnomalyCol() {
        return $(isAnomalyCol());
    }

    /** Sets the name of the added column that says whether a row is an anomaly. */
    public AnomalySeverity setIsAnomalyCol(String value) {
        return (AnomalySeverity) set(isAnomalyCol(), value);
    }

    /** Returns the Param of the share of the rows that are reported. */
    public DoubleParam alertRate() {
        return new DoubleParam(
                this,
                "alertRate",
                "share of the rows that are reported, if they are like the known rows",
                ParamValidators.inRange(0, 1, false, true));
    }

    /** Returns the share of the rows that are reported, if they are like the known rows. */
    public double getAlertRate() {
        return (double) $(alertRate());
    }

    /** Sets the share of the rows that are reported, if they are like the known rows. Default: 0.01. */
    public AnomalySeverity setAlertRate(double value) {
        return (AnomalySeverity) set(alertRate(), value);
    }

    /** Returns the Param of the score above which a row is an anomaly; NaN: by the alert rate. */
    public DoubleParam threshold() {
        return new DoubleParam(this, "threshold", "score above which a row is an anomaly; NaN: by alertRate");
    }

    /**
     * Returns the score above which a row is an anomaly. Unless it is set, rows with a pattern of missing cells may
     * have another threshold.
     */
    public double getThreshold() {
        double set = (double) $(threshold());
        return Double.isNaN(set) ? known().exceededBy(getAlertRate()) : set;
    }

    /** Sets the score above which a row is an anomaly. Default: by the alert rate. */
    public AnomalySeverity setThreshold(double value) {
        return (AnomalySeverity) set(threshold(), value);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = dataset.schema();
        transformSchema(schema);
        Column score = SchemaColumns.named(schema, "anomalyScore", getAnomalyScoreCol());
        PatternDistributions distributions = known;
        UDF2<Double, String, Double> percentile = (value, pattern) ->
                value == null ? null : distributions.of(pattern).percentile(value);
        Column pattern = pattern();
        Dataset<Row> added = dataset.toDF();
        if (!getSeverityCol().isEmpty()) {
            added = added.withColumn(
                    getSeverityCol(),
                    udf(percentile, DataTypes.DoubleType).apply(score.cast(DataTypes.DoubleType), pattern));
        }
        // Spark orders NaN above all numbers, so a row without a score would be an anomaly.
        return getIsAnomalyCol().isEmpty()
                ? added
                : added.withColumn(
                        getIsAnomalyCol(),
                        score.gt(threshold(pattern)).and(score.isNaN().unary_$bang()));
    }

    /** Returns the pattern of missing cells; empty if no pattern has its own known rows. */
    private Column pattern() {
        return known.patterns().isEmpty() || getFeaturesCol().isEmpty()
                ? lit("")
                : CountedScores.pattern(SchemaColumns.column(getFeaturesCol()));
    }

    private Column threshold(Column pattern) {
        double ofAll = getThreshold();
        double rate = getAlertRate();
        if (!Double.isNaN((double) $(threshold())) || known.patterns().isEmpty()) {
            return lit(ofAll);
        }
        HashMap<String, Double> thresholds = new HashMap<>();
        known.patterns().forEach((name, own) -> thresholds.put(name, own.exceededBy(rate)));
        UDF1<String, Double> threshold = name -> thresholds.getOrDefault(name, ofAll);
        return udf(threshold, DataTypes.DoubleType).apply(pattern);
    }

    /**
     * Adds the severities to an ONNX graph.
     *
     * @param score n anomaly scores
     * @param missing n × d: 1 where a cell is missing, else 0
     * @param d number of columns
     */
    public ScoreGraph.Severity addTo(Graph g, Value score, Value missing, int d) {
        double ofAll = getThreshold();
        boolean isSet = !Double.isNaN((double) $(threshold()));
        double[] thresholds = DoubleStream.concat(
                        DoubleStream.of(ofAll),
                        known.patterns().values().stream()
                                .mapToDouble(own -> isSet ? ofAll : own.exceededBy(getAlertRate())))
                .toArray();
        return ScoreGraph.severity(g, known, score, missing, d, thresholds);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        SchemaColumns.requireNumber(schema, "anomalyScore", getAnomalyScoreCol());
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
                (directory, uid) -> new AnomalySeverity(uid, directory.content(PatternDistributions.class)));
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
