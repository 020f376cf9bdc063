<@pp.dropOutputFile/>
<#list [
    {"name": "AnomalyEvaluator", "column": "anomalyScore", "words": "anomaly score", "larger": "false",
     "about": "Computes the mean anomaly score of rows, in nats per row of weight 1; smaller is better. It needs no label and does
 * not say how well anomalous rows are found. For a variational autoencoder it is minus the bound of the log-likelihood,
 * so a CrossValidator or a TrainValidationSplit can choose a model by rows that were not trained on."},
    {"name": "MixtureEvaluator", "column": "logDensity", "words": "log density", "larger": "true",
     "about": "Computes the mean log density of rows under the mixture that scored them, in nats per row of weight 1; greater is
 * better. With it, a CrossValidator or a TrainValidationSplit chooses components, covariances or regularization by rows
 * that were not trained on. The Estimator must add the column: {@code setLogDensityCol(\"logDensity\")}."}
] as e>
<@pp.changeOutputFile name="${e.name}.java"/>
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
 * ${e.about}
 */
public final class ${e.name} extends Evaluator implements DefaultParamsWritable {
    private final String uid;

    /** Creates an Evaluator with a random uid. */
    public ${e.name}() {
        this(Identifiable$.MODULE$.randomUID("${e.name}"));
    }

    /** Creates an Evaluator with a uid. */
    public ${e.name}(String uid) {
        this.uid = uid;
        setDefault(${e.column}Col(), "${e.column}");
        setDefault(weightCol(), "");
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the Param of the column with the ${e.words}; default {@code ${e.column}}. */
    public Param<String> ${e.column}Col() {
        return new Param<>(this, "${e.column}Col", "${e.words} of the row, in nats");
    }

    /** Returns the name of the column with the ${e.words}. */
    public String get${e.column?cap_first}Col() {
        return $(${e.column}Col());
    }

    /** Sets the name of the column with the ${e.words}. */
    public ${e.name} set${e.column?cap_first}Col(String value) {
        return (${e.name}) set(${e.column}Col(), value);
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
    public ${e.name} setWeightCol(String value) {
        return (${e.name}) set(weightCol(), value);
    }

    /**
     * Returns the mean ${e.words}, with the same bits for every order of the rows.
     *
     * @throws DataException if one is null, NaN or infinite, a weight is invalid, or no row has a positive weight
     */
    @Override
    public double evaluate(Dataset<?> dataset) {
        return WeightedSum.mean(dataset, "${e.words}", get${e.column?cap_first}Col(), getWeightCol());
    }

    @Override
    public boolean isLargerBetter() {
        return ${e.larger};
    }

    @Override
    public ${e.name} copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Returns a reader of saved Evaluators. */
    public static MLReader<${e.name}> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved Evaluator. */
    public static ${e.name} load(String path) {
        return read().load(path);
    }
}
</#list>
