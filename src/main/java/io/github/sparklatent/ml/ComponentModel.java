package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A trained network whose rows belong to components.
 *
 * @param <M> the class that extends this
 */
public abstract class ComponentModel<M extends ComponentModel<M>> extends GenerativeModel<M> {
    private static final long serialVersionUID = 1L;

    ComponentModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    /**
     * Draws rows of one component, else as {@link #sample(long, long, boolean)}.
     *
     * @param component from 0
     */
    public Dataset<Row> sample(long rows, long seed, boolean noise, int component) {
        return NetworkSamples.table(network(), getFeaturesCol(), rows, seed, noise, component);
    }
}
