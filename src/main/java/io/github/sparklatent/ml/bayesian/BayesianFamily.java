package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.inference.GaussianPosterior;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.PosteriorForm;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.SavedTables;
import java.util.Arrays;
import java.util.Comparator;
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

    private record Data(
            String density,
            String settings,
            List<String> columns,
            String posterior,
            double[] mean,
            double[] factor,
            Long rows,
            Double weight,
            Double elbo,
            Double elboError,
            Double meanLogDensity,
            Double holdoutMeanLogDensity,
            Integer rounds,
            Boolean converged,
            String origin) {
        GaussianPosterior gaussian() {
            PosteriorForm form = Arrays.stream(PosteriorForm.values())
                    .filter(one -> one.toString().equals(posterior))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "its posterior is %s, expected mean-field or full".formatted(posterior)));
            return new GaussianPosterior(form, mean, factor);
        }

        Map<String, Double> numbers() {
            Map<String, Double> numbers = new TreeMap<>();
            Json.parse(settings).forEach((name, value) -> numbers.put(name, ((Number) value).doubleValue()));
            return numbers;
        }

        BayesianRecord fit() {
            return origin == null
                    ? null
                    : new BayesianRecord(
                            rows,
                            weight,
                            elbo,
                            elboError,
                            meanLogDensity,
                            holdoutMeanLogDensity,
                            rounds,
                            converged,
                            origin);
        }
    }

    private record Draw(int draw, double[] theta) {}

    private record Quantity(int index, String name, double mean, double deviation, double lower, double upper) {
        ParameterSummary summary() {
            return new ParameterSummary(name, mean, deviation, lower, upper);
        }
    }

    @Override
    protected Content before(ModelDirectory directory, BayesianInferenceModel params) {
        Data data = SavedTables.only(directory, "data", Data.class);
        List<double[]> draws = SavedTables.rows(directory, "draws", Draw.class).stream()
                .sorted(Comparator.comparingInt(Draw::draw))
                .map(Draw::theta)
                .toList();
        if (draws.isEmpty()) {
            throw new DataException("the model at %s is damaged: it has no draws".formatted(directory.path()));
        }
        return new Content(
                data.density(),
                data.numbers(),
                data.columns(),
                data.gaussian(),
                new DMatrixRMaj(draws.toArray(double[][]::new)),
                SavedTables.rows(directory, "parameters", Quantity.class).stream()
                        .sorted(Comparator.comparingInt(Quantity::index))
                        .map(Quantity::summary)
                        .toList(),
                data.fit());
    }
}
