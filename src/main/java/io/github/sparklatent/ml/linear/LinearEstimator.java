package io.github.sparklatent.ml.linear;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.SavedContent.LinearRecord;
import org.apache.spark.ml.param.ParamMap;

/**
 * Fits a linear Gaussian model.
 *
 * @param <E> the class that extends this class
 * @param <M> the class of its models
 */
public abstract class LinearEstimator<E extends LinearEstimator<E, M>, M extends LinearModel<M>>
        extends LatentEstimator<E, M> {
    /** Name of the Param of the number of latent variables. */
    static final String LATENT = "latent";

    /** Creates an Estimator with the default Params. */
    LinearEstimator(String uid) {
        super(uid);
    }

    @Override
    public abstract ModelFamily<M, SavedContent.Linear> family();

    @Override
    protected final int latentCount() {
        return (int) getOrDefault(declared(LATENT));
    }

    @Override
    protected final Training<M> training(TrainingContext context, Settings settings) {
        LinearOptions defaults = (LinearOptions) family().type().options().get(0);
        return new LinearResult.LinearTraining<>(this, context, settings.bind(defaults));
    }

    /** Returns a model with the Params of this Estimator. */
    final M model(LinearGaussian parameters, LinearRecord fit) {
        M model = family().model(uid(), new SavedContent.Linear(parameters, fit));
        copyValues(model, ParamMap.empty());
        model.put(LATENT, parameters.latent());
        return model;
    }
}
