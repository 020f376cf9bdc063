package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.scoring.FitRecord;
import java.util.List;
import org.apache.spark.ml.clustering.ClusteringSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The summary of a fit over its training rows, with the methods of MLlib's
 * {@link org.apache.spark.ml.clustering.GaussianMixtureSummary}. A model has it after a fit; a loaded model has none.
 *
 * <p>The predictions do not include columns that Spark cannot pass through a function on rows: day-time intervals, and
 * columns that share a name.
 */
public final class GaussianMixtureSummary extends ClusteringSummary {
    private final String probabilityCol;
    private final transient FitRecord fit;

    /**
     * Creates the summary.
     *
     * @param predictions the training rows, with the columns that the model adds
     * @param fit the record of the model's fit
     */
    GaussianMixtureSummary(Dataset<Row> predictions, GaussianMixtureModel model, FitRecord fit) {
        super(predictions, model.getPredictionCol(), model.getFeaturesCol(), model.getK(), fit.rounds());
        this.probabilityCol = model.getProbabilityCol();
        this.fit = fit;
    }

    /** Returns the name of the column of {@link #predictions} with the probability of each component. */
    public String probabilityCol() {
        return probabilityCol;
    }

    /** Returns the probability of each component for each row. */
    public Dataset<Row> probability() {
        return predictions().select(probabilityCol);
    }

    /** Returns the weighted sum of the log-likelihoods of all rows under the fitted model, in nats. */
    public double logLikelihood() {
        return fit.meanLogLikelihood() * fit.weight();
    }

    /**
     * Returns the objective at the start and after each round of the fit, nats per row: the mean log-likelihood, and
     * the log prior if there is one.
     */
    public double[] objectiveHistory() {
        return fit.objectiveHistory().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the repairs made during the fit, as sentences; empty if there were none. */
    public List<String> warnings() {
        return fit.warnings();
    }
}
