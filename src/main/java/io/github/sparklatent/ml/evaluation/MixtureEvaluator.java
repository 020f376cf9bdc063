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
 * Mean log density of rows under the mixture that scored them, in nats per row of weight 1; greater is better. With it,
 * a CrossValidator or a TrainValidationSplit chooses components, covariances or regularization by rows that were not
 * trained on. The Estimator must add the column: {@code setLogDensityCol("logDensity")}.
 */
public final class MixtureEvaluator extends Evaluator implements DefaultParamsWritable {
    private final String uid;

    /** Creates an Evaluator with a random uid. */
    public MixtureEvaluator() {
        this(Identifiable$.MODULE$.randomUID("MixtureEvaluator"));
    }

    /** Creates an Evaluator with a uid. */
    public MixtureEvaluator(String uid) {
        this.uid = uid;
        setDefault(logDensityCol(), "logDensity");
        setDefault(weightCol(), "");
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the Param of the column with the log density; default {@code logDensity}. */
    public Param<String> logDensityCol() {
        return new Param<>(this, "logDensityCol", "log density of the row, in nats");
    }

    /** Returns the name of the column with the log density. */
    public String getLogDensityCol() {
        return $(logDensityCol());
    }

    /** Sets the name of the column with the log density. */
    public MixtureEvaluator setLogDensityCol(String value) {
        return (MixtureEvaluator) set(logDensityCol(), value);
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
    public MixtureEvaluator setWeightCol(String value) {
        return (MixtureEvaluator) set(weightCol(), value);
    }

    /**
     * Returns the mean log density, with the same bits for every order of the rows.
     *
     * @throws DataException if a log density or a weight is invalid, or no row has a positive weight
     */
    @Override
    public double evaluate(Dataset<?> dataset) {
        return WeightedSum.mean(dataset, "log density", getLogDensityCol(), getWeightCol());
    }

    @Override
    public boolean isLargerBetter() {
        return true;
    }

    @Override
    public MixtureEvaluator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Returns a reader of saved Evaluators. */
    public static MLReader<MixtureEvaluator> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved Evaluator. */
    public static MixtureEvaluator load(String path) {
        return read().load(path);
    }
}
