package io.github.sparklatent.ml.linear;

import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.linear.LinearTrainer;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.rounds.BlockTraining;
import io.github.sparklatent.scoring.LinearRecord;

/** Fits a linear Gaussian model. The closed form has no rounds and no checkpoints. */
final class LinearTraining<M extends LinearModel<M>> extends BlockTraining<M, LinearFit> {
    private final LinearEstimator<?, M> estimator;
    private final LinearOptions options;

    LinearTraining(LinearEstimator<?, M> estimator, TrainingContext context, LinearOptions options) {
        super(context, LinearTraining.class);
        this.estimator = estimator;
        this.options = options;
        context.tables().columns().width().ifPresent(width -> LinearTrainer.requireColumns(width, options));
    }

    @Override
    protected double statistics(int width) {
        return (double) width * width;
    }

    @Override
    protected LinearFit fit(Rows rows) {
        if (!options.fit().hasRounds()) {
            return LinearTrainer.fit(rows.train(), options);
        }
        EmState<LinearGaussian> from = checkpoint(rows, LinearGaussian.class).orElse(null);
        return this.<LinearGaussian>rounds(
                "%s L=%d".formatted(estimator.modelType(), options.latent()),
                options.stopping(),
                listener -> LinearTrainer.fit(rows.train(), options, from, listener));
    }

    @Override
    protected LinearResult<M> trained(Rows rows, LinearFit fit) {
        double heldOut = onHoldout(rows, held -> LinearModel.meanLogLikelihood(fit.model(), held));
        TrainedTable table =
                table(rows, fit.warnings(rows.names()), () -> endedEarly(fit.rounds(), options.stopping()));
        LinearRecord record = new LinearRecord(
                table.facts().rows(),
                fit.weight(),
                fit.meanLogLikelihood(),
                heldOut,
                fit.variances(),
                fit.total(),
                fit.rounds(),
                fit.converged(),
                table.origin().json());
        return new LinearResult<>(estimator.model(fit.model(), record), rows.table(), table, fit, record);
    }
}
