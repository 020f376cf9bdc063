package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ppca.Ppca;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits probabilistic PCA. The fit has a closed form, so there are no rounds and no checkpoints. */
record PpcaTraining(ProbabilisticPca estimator, TrainingContext context, Settings settings)
        implements Training<ProbabilisticPcaModel> {
    private static final Logger LOG = LoggerFactory.getLogger(PpcaTraining.class);

    PpcaTraining {
        if (context.tables().columns().areNumbers()) { // otherwise only the rows show the width
            Ppca.requireColumns(
                    context.tables().columns().columns().size(), settings.get(PpcaKeys.LATENT));
        }
    }

    @Override
    public <T> T run(Function<Trained<ProbabilisticPcaModel>, T> finish) {
        TrainingMonitor monitor = context.monitor();
        TrainingTables tables = context.tables();
        try (BlockTable rows = monitor.time("read", () -> tables.blocks(null));
                BlockTable heldOut =
                        monitor.time("read", () -> tables.holdoutBlocks(rows.scaling()))) {
            monitor.check();
            RowBlocks holdout = heldOut == null ? rows.holdout() : heldOut.train();
            Ppca.Fit fit =
                    monitor.time(
                            "train",
                            () ->
                                    Ppca.fit(
                                            rows.train(),
                                            settings.get(PpcaKeys.LATENT),
                                            settings.get(PpcaKeys.REGULARIZATION)));
            return monitor.keep(() -> finish.apply(trained(rows, holdout, fit)));
        }
    }

    private TrainedPpca trained(BlockTable rows, RowBlocks holdout, Ppca.Fit fit) {
        double heldOut =
                holdout == null
                        ? Double.NaN
                        : context.monitor()
                                .time(
                                        "evaluate",
                                        () ->
                                                ProbabilisticPcaModel.meanLogLikelihood(
                                                        fit.model(), holdout));
        fit.warnings().forEach(LOG::warn);
        List<String> warnings = new ArrayList<>(context.tables().warnings(rows.facts()));
        warnings.addAll(fit.warnings());
        Origin origin = context.origin(rows.facts());
        PpcaFit record =
                new PpcaFit(
                        rows.facts().rows(),
                        fit.weight(),
                        fit.meanLogLikelihood(),
                        heldOut,
                        fit.variances(),
                        origin.json());
        return new TrainedPpca(
                estimator.model(fit.model(), record),
                context.tables().assembler(rows.columns(), rows.scaling(), rows.facts().width()),
                record,
                rows,
                warnings,
                holdout == null ? 0 : holdout.rows(),
                origin,
                context);
    }
}
