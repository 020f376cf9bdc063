package io.github.sparklatent.ml;

import org.apache.spark.ml.clustering.ClusteringSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a fit says of the rows it was made of: those of MLlib's {@link
 * org.apache.spark.ml.clustering.GaussianMixtureSummary}. Kept with a model that has just been
 * fitted; a loaded one has none.
 */
public final class GaussianMixtureSummary extends ClusteringSummary {
    private static final long serialVersionUID = 1L;

    private final String probabilityCol;
    private final double logLikelihood;

    GaussianMixtureSummary(
            Dataset<Row> predictions,
            GaussianMixtureModel model,
            double logLikelihood,
            int numIter) {
        super(predictions, model.getPredictionCol(), model.getFeaturesCol(), model.getK(), numIter);
        this.probabilityCol = model.getProbabilityCol();
        this.logLikelihood = logLikelihood;
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
        return logLikelihood;
    }
}
