package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.GradientEstimator;
import io.github.sparklatent.inference.Inference;
import io.github.sparklatent.inference.InferenceOptions;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.VariationalState;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.rounds.BlockTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fits the posterior of a density. */
final class BayesianTraining extends BlockTraining<BayesianInferenceModel, BayesianTraining.Inferred> {
    private final BayesianInference estimator;
    private final TrainingContext context;
    private final Settings settings;

    /** A density and its posterior. */
    record Inferred(BayesianModel model, InferenceResult result) {}

    BayesianTraining(BayesianInference estimator, TrainingContext context, Settings settings) {
        super(context, BayesianTraining.class);
        this.estimator = estimator;
        this.context = context;
        this.settings = settings;
        FeatureColumns columns = context.tables().columns();
        columns.width().ifPresent(width -> density(columns.featureNames(width)));
    }

    private BayesianModel density(List<String> columns) {
        DensityOptions density = settings.bind(DensityOptions.DEFAULT);
        return Densities.createToTrain(density.name(), columns, density.numbers());
    }

    private String density() {
        return settings.bind(DensityOptions.DEFAULT).name();
    }

    /** Returns the options of a fit. Unless it is set, the model determines the estimator. */
    private InferenceOptions options(BayesianModel model) {
        return settings.bind(InferenceOptions.DEFAULT.withEstimator(
                model.hasGradients() ? GradientEstimator.REPARAMETERIZED : GradientEstimator.SCORE_FUNCTION));
    }

    @Override
    protected Inferred fit(Rows rows) {
        BayesianModel model = density(rows.names());
        InferenceOptions options = options(model);
        try {
            options.require(model);
        } catch (IllegalArgumentException e) {
            throw new UsageException("the density %s: %s".formatted(density(), e.getMessage()), e);
        }
        EmState<VariationalState> from =
                checkpoint(rows, VariationalState.class).orElse(null);
        return this.<VariationalState>rounds(
                "%s %s".formatted(estimator.modelType(), density()),
                options.stopping(),
                listener -> new Inferred(model, Inference.fit(model, rows.train(), options, from, listener)));
    }

    @Override
    protected BayesianResult trained(Rows rows, Inferred fit) {
        BayesianModel model = fit.model();
        InferenceResult result = fit.result();
        Round last = result.last();
        FittedDensity fitted = new FittedDensity(
                density(),
                settings.bind(DensityOptions.DEFAULT).numbers(),
                rows.names(),
                model,
                result.posterior(),
                result.draws(),
                ParameterSummary.of(
                        model.parameters(), result.posterior(), options(model).seed()));
        List<String> ofFit = new ArrayList<>(result.events());
        ofFit.addAll(result.size().warnings("the deviations of the parameters"));
        Optional<String> early = endedEarly(last.number(), options(model).stopping());
        if (early.isEmpty() && !result.converged()) {
            ofFit.add("the fit has not converged after %s: allow more by train.maxRounds"
                    .formatted(Lines.count(last.number(), "round")));
        }
        TrainedTable table = table(rows, ofFit, () -> early);
        BayesianRecord record = context.monitor()
                .time(
                        "evaluate",
                        () -> new BayesianRecord(
                                table.facts().rows(),
                                result.size().weight(),
                                last.objective(),
                                last.error(),
                                fitted.meanLogDensity(rows.train()),
                                rows.holdout() == null ? Double.NaN : fitted.meanLogDensity(rows.holdout()),
                                last.number(),
                                result.converged(),
                                table.origin().json()));
        return new BayesianResult(estimator.model(fitted, record), rows.table(), table, result, record);
    }
}
