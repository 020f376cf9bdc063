package io.github.sparklatent.ml.mixture;

import java.util.List;
import org.apache.spark.ml.clustering.ClusteringSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a fit says of the rows it was made of: those of MLlib's {@link
 * org.apache.spark.ml.clustering.GaussianMixtureSummary}. Kept with a model that has just been
 * fitted; a loaded one has none.
 *
 * <p>The predictions are without those of the table's columns that Spark cannot take through a
 * function on rows: day-time intervals, and columns of one name.
 */
public final class GaussianMixtureSummary extends ClusteringSummary {
    private static final long serialVersionUID = 1L;

    private final String probabilityCol;
    private final transient FitRecord fit;

    /**
     * @param predictions the rows fitted to, with the columns that the model adds
     * @param fit the model's
     */
    GaussianMixtureSummary(Dataset<Row> predictions, GaussianMixtureModel model, FitRecord fit) {
        super(
                predictions,
                model.getPredictionCol(),
                model.getFeaturesCol(),
                model.getK(),
                fit.rounds());
        this.probabilityCol = model.getProbabilityCol();
        this.fit = fit;
    }

    /** The column of {@link #predictions} that has the probability of each component. */
    public String probabilityCol() {
        return probabilityCol;
    }

    /** Probability of each component for each row. */
    public Dataset<Row> probability() {
        return predictions().select(probabilityCol);
    }

    /** Log-likelihood of all rows under the model returned, in nats; a row counts by its weight. */
    public double logLikelihood() {
        return fit.meanLogLikelihood() * fit.weight();
    }

    /** Mean log-likelihood at the start and after each round of the fit, nats a row. */
    public double[] objectiveHistory() {
        return fit.objectiveHistory().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** What had to be repaired in the fit, as sentences; empty where nothing had to be. */
    public List<String> events() {
        return fit.events();
    }
}
