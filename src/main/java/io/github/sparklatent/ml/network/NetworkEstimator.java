package io.github.sparklatent.ml.network;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.network.keys.CodeClusters;
import io.github.sparklatent.ml.network.keys.LatentMixture;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.param.ParamMap;

/**
 * Trains a neural model by parameter averaging. Equal seeds and equal numbers of partitions give identical models on
 * any cluster.
 *
 * @param <E> the class that extends this class
 * @param <M> the class of its models
 */
public abstract class NetworkEstimator<E extends NetworkEstimator<E, M>, M extends NetworkModel<M>>
        extends LatentEstimator<E, M> {
    NetworkEstimator(String uid) {
        super(uid);
    }

    @Override
    public abstract NetworkFamily<M> family();

    @Override
    protected int latentCount() {
        return settings().bind(NetworkShape.DEFAULT).latent();
    }

    @Override
    protected int componentCount() {
        return family().kind().hasComponents()
                ? settings().bind(LatentMixture.DEFAULT).components()
                : settings().bind(CodeClusters.DEFAULT).count();
    }

    @Override
    public boolean offers(ScoreColumn column) {
        return super.offers(column) && (componentCount() > 0 || !column.isOfComponents());
    }

    @Override
    protected Training<M> training(TrainingContext context, Settings settings) {
        return new NetworkTraining<>(this, context, settings);
    }

    /** Returns a model with the Params of this Estimator. */
    M model(TrainedNetwork network, NetworkFit fit) {
        M model = family().maker().of(uid(), network, fit);
        copyValues(model, ParamMap.empty());
        model.setArchitectureParams();
        return model;
    }
}
