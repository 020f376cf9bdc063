package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.gmm.CovarianceSupport;
import io.github.sparklatent.gmm.MixtureEvaluation;
import io.github.sparklatent.gmm.RandomRows;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SelectedRow;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a Gaussian mixture. */
final class MixtureTraining implements ModelTraining {
    private static final Logger LOG = LoggerFactory.getLogger(MixtureTraining.class);

    private final JobContext context;
    private final JobConfiguration configuration;
    private final TrainTables tables;
    private final Phases phases;
    private Optional<InitialModel> initial = Optional.empty();

    MixtureTraining(JobContext context, TrainTables tables, Phases phases) {
        this.context = context;
        this.configuration = context.configuration();
        this.tables = tables;
        this.phases = phases;
    }

    @Override
    public void check() {
        initial = InitialModel.of(context);
        initial.ifPresent(model -> model.requireFitting(configuration, tables.columns()));
        initial.ifPresent(model -> model.options(configuration));
    }

    @Override
    public Outcome run() {
        Scaling given = initial.map(InitialModel::scaling).orElse(null);
        try (BlockTable rows = phases.time("read", () -> rows(given));
                BlockTable heldOut = phases.time("read", () -> heldOut(rows))) {
            tables.unusedColumns().ifPresent(LOG::warn);
            context.stop().check();
            List<SelectedRow> sample = phases.time("read", () -> sample(rows.train()));
            Pass holdout = heldOut == null ? rows.holdout() : heldOut.train();
            MixtureRounds rounds = new MixtureRounds(context, initial, tables.partitions());
            TrainingResult result = phases.time("train", () -> rounds.run(rows, heldOut, holdout));
            return rounds.keep(() -> finish(rows, holdout, sample, rounds, result));
        }
    }

    /** Measures what the rounds have found and writes it. */
    private Outcome finish(
            BlockTable rows,
            Pass holdout,
            List<SelectedRow> sample,
            MixtureRounds rounds,
            TrainingResult result) {
        FeatureAssembler assembler =
                tables.assembler(rows.columns(), rows.scaling(), rows.facts().width());
        Origin origin = Origin.of(context.spark(), configuration, rows.facts().fingerprint());
        GaussianMixtureModel model = new GaussianMixtureModel("mixture", result, origin.json());
        List<String> support = CovarianceSupport.warnings(result.best());
        support.forEach(LOG::warn);
        List<String> warnings = new ArrayList<>(tables.warnings(rows.facts()));
        warnings.addAll(support);
        Map<Boolean, Agreement> agreement =
                phases.time("evaluate", () -> agreement(assembler, model, warnings));
        TrainedMixture trained =
                new TrainedMixture(
                        configuration,
                        rows,
                        warnings,
                        holdout == null ? 0 : holdout.rows(),
                        phases.time("evaluate", () -> weight(holdout, result)),
                        result,
                        agreement,
                        sample,
                        rounds.curves(),
                        origin);
        context.stop().check();
        TrainFigures figures = new TrainFigures(trained, phases);
        OutputDirectory output = context.output();
        new ResultWriter(output, phases, context.stop())
                .write(new MixtureResult(trained, pipeline(assembler, model), figures, phases));
        rounds.forget();
        return new Outcome(figures.json(), figures.text(output.path()));
    }

    /** Total weight of the held-out rows; without a column of weights, their number. */
    private double weight(Pass holdout, TrainingResult result) {
        return holdout == null
                ? 0
                : configuration.data().weight().isEmpty()
                        ? holdout.rows()
                        : MixtureEvaluation.of(result.best().mixture(), holdout).weight();
    }

    private BlockTable rows(Scaling given) {
        return TableSettings.inData(
                configuration,
                () ->
                        BlockTable.of(
                                tables.table(),
                                tables.columns(),
                                given,
                                TableSettings.forTraining(configuration)));
    }

    private BlockTable heldOut(BlockTable rows) {
        return tables.holdout()
                .map(
                        table ->
                                TableSettings.inHoldout(
                                        configuration,
                                        () ->
                                                BlockTable.of(
                                                        table,
                                                        tables.holdoutColumns(),
                                                        rows.scaling(),
                                                        TableSettings.whole(configuration))))
                .orElse(null);
    }

    /** A few rows for the report. */
    private List<SelectedRow> sample(Pass rows) {
        if (!configuration.output().report()) {
            return List.of();
        }
        long key = RandomStreams.key(configuration.train().seed(), Purpose.REPORT);
        return rows.smallest("reading the rows", new RandomRows(key), TrainJob.shown(rows.width()));
    }

    private PipelineModel pipeline(FeatureAssembler assembler, GaussianMixtureModel model) {
        model.setFeaturesCol(assembler.getOutputCol())
                .setPredictionCol(tables.unused(model.getPredictionCol()))
                .setProbabilityCol(tables.unused(model.getProbabilityCol()))
                .setLogDensityCol(tables.unused("logDensity"));
        return tables.pipeline(assembler, model);
    }

    private Map<Boolean, Agreement> agreement(
            FeatureAssembler assembler, GaussianMixtureModel model, List<String> warnings) {
        return configuration.data().label().isEmpty()
                ? Map.of()
                : LabelMeasures.of(assembler, model, warnings::add).of(tables);
    }
}
