package io.github.sparklatent.example;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/** Fits a mixture of exponential distributions of positive numbers by EM. */
public final class ExponentialMixture extends LatentEstimator<ExponentialMixture, ExponentialMixtureModel> {
    private static final long serialVersionUID = 1L;

    /** Creates an Estimator with a random uid; the service file needs this constructor. */
    public ExponentialMixture() {
        this(Identifiable$.MODULE$.randomUID("ExponentialMixture"));
    }

    /** Creates an Estimator with a uid. */
    public ExponentialMixture(String uid) {
        super(uid);
    }

    @Override
    public ExponentialFamily family() {
        return ExponentialFamily.FAMILY;
    }

    @Override
    protected int componentCount() {
        return settings().bind(ExponentialOptions.DEFAULT).components();
    }

    @Override
    protected Training<ExponentialMixtureModel> training(TrainingContext context, Settings settings) {
        return new ExponentialFamily.Fit(this, context, settings.bind(ExponentialOptions.DEFAULT));
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<ExponentialMixture> read() {
        return new DefaultParamsReader<>();
    }
}
