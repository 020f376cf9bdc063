package io.github.sparklatent.ml.linear;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.linear.LinearTrainer;
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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits a linear Gaussian model. The closed form has no rounds and no checkpoints. */
record LinearTraining<M extends LinearModel<M>>(
        LinearEstimator<?, M> estimator, TrainingContext context, LinearOptions options)
        implements Training<M> {
    private static final Logger LOG = LoggerFactory.getLogger(LinearTraining.class);

    LinearTraining {
        context.tables()
                .columns()
                .width()
                .ifPresent(width -> LinearTrainer.requireColumns(width, options));
    }

    @Override
    public <T> T run(Function<Trained<M>, T> finish) {
        TrainingMonitor monitor = context.monitor();
        TrainingTables tables = context.tables();
        try (BlockTable rows =
                        monitor.time("read", () -> tables.blocks(null, d -> (double) d * d));
                BlockTable heldOut =
                        monitor.time("read", () -> tables.holdoutBlocks(rows.scaling()))) {
            monitor.check();
            RowBlocks holdout = heldOut == null ? rows.holdout() : heldOut.train();
            LinearFit fit = monitor.time("train", () -> train(rows, heldOut));
            return monitor.keep(() -> finish.apply(trained(rows, holdout, fit)));
        }
    }

    private LinearFit train(BlockTable rows, BlockTable heldOut) {
        if (!options.fit().hasRounds()) {
            return LinearTrainer.fit(rows.train(), options);
        }
        EmState<LinearGaussian> from =
                context.monitor()
                        .begin(
                                context.identity(rows, heldOut, ""),
                                StateType.<EmState<LinearGaussian>>of(
                                        EmState.class, LinearGaussian.class),
                                state -> Lines.count(state.history().size(), "round"))
                        .orElse(null);
        return context.monitor()
                .rounds(
                        () ->
                                LinearTrainer.fit(
                                        rows.train(),
                                        options,
                                        from,
                                        new MonitoredRounds<>(
                                                context.monitor(),
                                                "%s L=%d"
                                                        .formatted(
                                                                estimator.modelType(),
                                                                options.latent()),
                                                options.stopping().maxRounds())));
    }

    private TrainedLinear<M> trained(BlockTable rows, RowBlocks holdout, LinearFit fit) {
        double heldOut =
                holdout == null
                        ? Double.NaN
                        : context.monitor()
                                .time(
                                        "evaluate",
                                        () -> LinearModel.meanLogLikelihood(fit.model(), holdout));
        List<String> ofFit = fit.warnings(rows.columns().featureNames(rows.facts().width()));
        ofFit.forEach(LOG::warn);
        List<String> warnings = new ArrayList<>(context.tables().warnings(rows.facts()));
        warnings.addAll(ofFit);
        MonitoredRounds.endedEarly(context.monitor(), fit.rounds(), options.stopping().maxRounds())
                .ifPresent(warnings::add);
        Origin origin = context.origin(rows.facts());
        LinearRecord record =
                new LinearRecord(
                        rows.facts().rows(),
                        fit.weight(),
                        fit.meanLogLikelihood(),
                        heldOut,
                        fit.variances(),
                        fit.total(),
                        fit.rounds(),
                        fit.converged(),
                        origin.json());
        return new TrainedLinear<>(
                estimator.model(fit.model(), record),
                context.tables().assembler(rows.columns(), rows.scaling(), rows.facts().width()),
                fit,
                record,
                rows,
                warnings,
                holdout == null ? 0 : holdout.rows(),
                origin,
                context);
    }
}
