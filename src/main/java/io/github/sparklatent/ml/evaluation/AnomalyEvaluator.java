package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.learn.DataException;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * Computes the mean anomaly score of rows, in nats per row of weight 1; smaller is better. It needs no label and does
 * not say how well anomalous rows are found. For a variational autoencoder it is minus the bound of the log-likelihood,
 * so a CrossValidator or a TrainValidationSplit can choose a model by rows that were not trained on.
 */
public final class AnomalyEvaluator extends Evaluator implements DefaultParamsWritable {
    private final String uid;

    /** Creates an Evaluator with a random uid. */
    public AnomalyEvaluator() {
        this(Identifiable$.MODULE$.randomUID("AnomalyEvaluator"));
    }

    /** Creates an Evaluator with a uid. */
    public AnomalyEvaluator(String uid) {
        this.uid = uid;
        setDefault(anomalyScoreCol(), "anomalyScore");
        setDefault(weightCol(), "");
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the Param of the column with the anomaly score; default {@code anomalyScore}. */
    public Param<String> anomalyScoreCol() {
        return new Param<>(this, "anomalyScoreCol", "anomaly score of the row, in nats");
    }

    /** Returns the name of the column with the anomaly score. */
    public String getAnomalyScoreCol() {
        return $(anomalyScoreCol());
    }

    /** Sets the name of the column with the anomaly score. */
    public AnomalyEvaluator setAnomalyScoreCol(String value) {
        return (AnomalyEvaluator) set(anomalyScoreCol(), value);
    }

    /** Returns the Param of the column with the weight of each row; empty (the default): weight 1. */
    public Param<String> weightCol() {
        return new Param<>(this, "weightCol", "weight of each row; empty: 1");
    }

    /** Returns the name of the weight column; empty if each weight is 1. */
    public String getWeightCol() {
        return $(weightCol());
    }

    /** Sets the name of the weight column; empty: each weight is 1. */
    public AnomalyEvaluator setWeightCol(String value) {
        return (AnomalyEvaluator) set(weightCol(), value);
    }

    /**
     * Returns the mean score, with the same bits for every order of the rows.
     *
     * @throws DataException if a score is null, NaN or infinite, a weight is invalid, or no row has a positive weight
     */
    @Override
    public double evaluate(Dataset<?> dataset) {
        return WeightedSum.mean(dataset, "anomaly score", getAnomalyScoreCol(), getWeightCol());
    }

    @Override
    public boolean isLargerBetter() {
        return false;
    }

    @Override
    public AnomalyEvaluator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Returns a reader of saved Evaluators. */
    public static MLReader<AnomalyEvaluator> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved Evaluator. */
    public static AnomalyEvaluator load(String path) {
        return read().load(path);
    }
}
