package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.BayesianInferenceSetters;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Fits a Gaussian posterior over the parameters of a density by black-box variational inference. The density is one of
 * this library or a class of the user's own, see {@link io.github.sparklatent.inference.BayesianModel}.
 */
public final class BayesianInference extends LatentEstimator<BayesianInference, BayesianInferenceModel>
        implements BayesianInferenceSetters<BayesianInference> {
    private static final long serialVersionUID = 1L;

    /** The family of the models. */
    static final BayesianFamily FAMILY = new BayesianFamily();

    /** Creates an Estimator with a random uid. */
    public BayesianInference() {
        this(Identifiable$.MODULE$.randomUID("BayesianInference"));
    }

    /** Creates an Estimator with a uid. */
    public BayesianInference(String uid) {
        super(uid);
    }

    @Override
    public BayesianFamily family() {
        return FAMILY;
    }

    @Override
    protected int latentCount() {
        return 0;
    }

    @Override
    protected int componentCount() {
        return 0;
    }

    @Override
    protected Training<BayesianInferenceModel> training(TrainingContext context, Settings settings) {
        return new BayesianTraining(this, context, settings);
    }

    /** Returns a model with the Params of this Estimator. */
    BayesianInferenceModel model(FittedDensity fitted, BayesianRecord fit) {
        return copyValues(new BayesianInferenceModel(uid(), fitted, fit), ParamMap.empty());
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<BayesianInference> read() {
        return ModelDirectory.reader(BayesianInference.class, (directory, uid) -> new BayesianInference(uid));
    }

    /** Loads a saved Estimator. */
    public static BayesianInference load(String path) {
        return read().load(path);
    }
}
