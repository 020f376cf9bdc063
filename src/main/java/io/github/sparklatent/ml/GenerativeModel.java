package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A trained network that rows can be drawn from.
 *
 * @param <M> the class that extends this
 */
public abstract class GenerativeModel<M extends GenerativeModel<M>> extends NetworkModel<M> {
    private static final long serialVersionUID = 1L;

    GenerativeModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    /**
     * Draws rows: the features, a function of the seed and of the row's index alone.
     *
     * @param noise whether they are drawn from the likelihood; else they are its mean, as those of
     *     a network are that was trained against a discriminator
     */
    public Dataset<Row> sample(long rows, long seed, boolean noise) {
        return NetworkSamples.table(network(), getFeaturesCol(), rows, seed, noise, null);
    }
}
