package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.GradientEstimator;
import io.github.sparklatent.inference.Inference;
import io.github.sparklatent.inference.InferenceOptions;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.VariationalState;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.ml.core.MonitoredRounds;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits the posterior of a density. */
record BayesianTraining(BayesianInference estimator, TrainingContext context, Settings settings)
        implements Training<BayesianInferenceModel> {
    private static final Logger LOG = LoggerFactory.getLogger(BayesianTraining.class);

    BayesianTraining {
        FeatureColumns columns = context.tables().columns();
        columns.width().ifPresent(width -> density(settings, columns.featureNames(width)));
    }

    private static BayesianModel density(Settings settings, List<String> columns) {
        DensityOptions density = settings.bind(DensityOptions.DEFAULT);
        return Densities.createToTrain(density.name(), columns, density.numbers());
    }

    private String density() {
        return settings.bind(DensityOptions.DEFAULT).name();
    }

    /** Returns the options of a fit. Unless it is set, the model determines the estimator. */
    private InferenceOptions options(BayesianModel model) {
        return settings.bind(
                InferenceOptions.DEFAULT.withEstimator(
                        model.hasGradients()
                                ? GradientEstimator.REPARAMETERIZED
                                : GradientEstimator.SCORE_FUNCTION));
    }

    @Override
    public <T> T run(Function<Trained<BayesianInferenceModel>, T> finish) {
        TrainingMonitor monitor = context.monitor();
        TrainingTables tables = context.tables();
        try (BlockTable rows = monitor.time("read", () -> tables.blocks(null, width -> 0));
                BlockTable heldOut =
                        monitor.time("read", () -> tables.holdoutBlocks(rows.scaling()))) {
            monitor.check();
            RowBlocks holdout = heldOut == null ? rows.holdout() : heldOut.train();
            List<String> columns = rows.columns().featureNames(rows.facts().width());
            BayesianModel model = density(settings, columns);
            InferenceResult result = monitor.time("train", () -> train(model, rows, heldOut));
            return monitor.keep(() -> finish.apply(trained(model, columns, rows, holdout, result)));
        }
    }

    private InferenceResult train(BayesianModel model, BlockTable rows, BlockTable heldOut) {
        InferenceOptions options = options(model);
        try {
            options.require(model);
        } catch (IllegalArgumentException e) {
            throw new UsageException("the density %s: %s".formatted(density(), e.getMessage()), e);
        }
        EmState<VariationalState> from =
                context.monitor()
                        .begin(
                                context.identity(rows, heldOut, ""),
                                StateType.<EmState<VariationalState>>of(
                                        EmState.class, VariationalState.class),
                                state -> Lines.count(state.history().size(), "round"))
                        .orElse(null);
        return context.monitor()
                .rounds(
                        () ->
                                Inference.fit(
                                        model,
                                        rows.train(),
                                        options,
                                        from,
                                        new MonitoredRounds<>(
                                                context.monitor(),
                                                "%s %s".formatted(estimator.modelType(), density()),
                                                options.stopping().maxRounds())));
    }

    private TrainedBayesian trained(
            BayesianModel model,
            List<String> columns,
            BlockTable rows,
            RowBlocks holdout,
            InferenceResult result) {
        ModelSettings ofDensity = settings.bind(DensityOptions.DEFAULT).numbers();
        FittedDensity fitted =
                new FittedDensity(
                        density(),
                        ofDensity,
                        columns,
                        model,
                        result.posterior(),
                        result.draws(),
                        ParameterSummary.of(
                                model.parameters(), result.posterior(), options(model).seed()));
        List<String> warnings = new ArrayList<>(context.tables().warnings(rows.facts()));
        List<String> ofFit = new ArrayList<>(result.events());
        ofFit.addAll(result.size().warnings("the deviations of the parameters"));
        Optional<String> early =
                MonitoredRounds.endedEarly(
                        context.monitor(),
                        result.last().number(),
                        options(model).stopping().maxRounds());
        if (early.isEmpty() && !result.converged()) {
            ofFit.add(
                    "the fit has not converged after %s: allow more by train.maxRounds"
                            .formatted(Lines.count(result.last().number(), "round")));
        }
        ofFit.forEach(LOG::warn);
        warnings.addAll(ofFit);
        early.ifPresent(warnings::add);
        TrainingMonitor monitor = context.monitor();
        Origin origin = context.origin(rows.facts());
        BayesianRecord record =
                monitor.time(
                        "evaluate",
                        () ->
                                new BayesianRecord(
                                        rows.facts().rows(),
                                        result.size().weight(),
                                        result.last().objective(),
                                        result.last().error(),
                                        fitted.meanLogDensity(rows.train()),
                                        holdout == null
                                                ? Double.NaN
                                                : fitted.meanLogDensity(holdout),
                                        result.last().number(),
                                        result.converged(),
                                        origin.json()));
        return new TrainedBayesian(
                estimator.model(fitted, record),
                context.tables().assembler(rows.columns(), rows.scaling(), rows.facts().width()),
                result,
                record,
                rows,
                warnings,
                holdout == null ? 0 : holdout.rows(),
                origin,
                context);
    }
}
