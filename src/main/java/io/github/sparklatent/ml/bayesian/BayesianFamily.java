package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.inference.GaussianPosterior;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.ml.core.ModelFamily;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;

/** The family of densities with the posterior of their parameters. */
final class BayesianFamily extends ModelFamily<BayesianInferenceModel, BayesianFamily.Content> {

    /**
     * Content of a model. The density is created again from its name, which must be that of a class that implements
     * {@link io.github.sparklatent.inference.BayesianModel}.
     *
     * @param density name of the density
     * @param settings numbers that it is created with
     * @param draws parameter vectors drawn from the posterior, S × p
     * @param fit record of the fit; null if it is not known
     */
    record Content(
            String density,
            Map<String, Double> settings,
            List<String> columns,
            GaussianPosterior posterior,
            DMatrixRMaj draws,
            List<ParameterSummary> quantities,
            BayesianRecord fit) {
        static Content of(FittedDensity fitted, BayesianRecord fit) {
            return new Content(
                    fitted.name(),
                    new TreeMap<>(fitted.settings().values()),
                    fitted.columns(),
                    fitted.posterior(),
                    fitted.draws(),
                    fitted.quantities(),
                    fit);
        }

        FittedDensity fitted() {
            ModelSettings numbers = new ModelSettings(settings);
            return new FittedDensity(
                    density,
                    numbers,
                    columns,
                    Densities.create(density, columns, numbers),
                    posterior,
                    draws,
                    quantities);
        }
    }

    BayesianFamily() {
        super(BayesianModelType.BAYESIAN, BayesianInferenceModel.class, Content.class);
    }

    @Override
    public BayesianInferenceModel model(String uid, Content content) {
        return content == null
                ? new BayesianInferenceModel(uid, null, null)
                : new BayesianInferenceModel(uid, content.fitted(), content.fit());
    }

    @Override
    public BayesianInference estimator(String uid) {
        return new BayesianInference(uid);
    }
}
