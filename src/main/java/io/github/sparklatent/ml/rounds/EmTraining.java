package io.github.sparklatent.ml.rounds;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.MonitoredRounds;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.RoundLine;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a model by rounds of sums over the rows of a table, to which each task adds its part. It
 * reads the rows, continues from a checkpoint, runs the rounds, evaluates the model and reports it.
 * A family gives the formulas as an {@link ExpectationMaximization} whose objective is the mean
 * log-likelihood.
 *
 * @param <M> the model
 * @param <P> its parameters, a class that {@link io.github.sparklatent.learn.StateCodec} can encode
 */
public abstract class EmTraining<M extends LatentModel<M>, P> implements Training<M> {
    private static final Logger LOG = LoggerFactory.getLogger(EmTraining.class);

    /**
     * The figures of a fit, saved with the model.
     *
     * @param rows number of rows of the training table
     * @param weight total weight of these rows
     * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
     * @param holdoutMeanLogLikelihood the same of the held-out rows; NaN if none were held out
     * @param rounds number of updates
     * @param converged whether the tolerance ended the rounds
     * @param origin provenance of the model: a JSON object
     */
    public record Figures(
            long rows,
            double weight,
            double meanLogLikelihood,
            double holdoutMeanLogLikelihood,
            int rounds,
            boolean converged,
            String origin) {}

    private final TrainingContext context;
    private final StoppingRule stopping;
    private final Class<P> parameters;

    /**
     * Creates a training.
     *
     * @param stopping when the rounds end
     * @param parameters class of the parameters
     */
    protected EmTraining(TrainingContext context, StoppingRule stopping, Class<P> parameters) {
        this.context = context;
        this.stopping = stopping;
        this.parameters = parameters;
    }

    /** Returns the formulas of the family. */
    protected abstract ExpectationMaximization<P> problem();

    /**
     * Returns the parameters before the first round.
     *
     * @throws io.github.sparklatent.learn.DataException if the rows cannot be modelled
     */
    protected abstract P start(RowBlocks rows);

    /** Returns the model of the last parameters. */
    protected abstract M model(P found, Figures figures);

    /**
     * Adds figures, lines, tables and charts of the family to the result. The default
     * implementation adds none.
     *
     * @param features names of the numbers of a row
     */
    protected void addTo(Result result, M model, List<String> features) {}

    @Override
    public final <T> T run(Function<Trained<M>, T> finish) {
        TrainingMonitor monitor = context.monitor();
        TrainingTables tables = context.tables();
        try (BlockTable rows = monitor.time("read", () -> tables.blocks(null, width -> 0));
                BlockTable heldOut =
                        monitor.time("read", () -> tables.holdoutBlocks(rows.scaling()))) {
            monitor.check();
            RowBlocks holdout = heldOut == null ? rows.holdout() : heldOut.train();
            EmResult<P> result = monitor.time("train", () -> train(rows, heldOut));
            return monitor.keep(() -> finish.apply(trained(rows, holdout, result)));
        }
    }

    private EmResult<P> train(BlockTable rows, BlockTable heldOut) {
        TrainingMonitor monitor = context.monitor();
        ExpectationMaximization<P> problem = problem();
        EmState<P> from =
                monitor.begin(
                                context.identity(rows, heldOut, ""),
                                StateType.<EmState<P>>of(EmState.class, parameters),
                                state -> Lines.count(state.history().size(), "round"))
                        .orElseGet(() -> EmState.start(start(rows.train())));
        return monitor.rounds(
                () ->
                        EmLoop.run(
                                problem,
                                rows.train(),
                                from,
                                stopping,
                                new MonitoredRounds<>(
                                        monitor, problem.description(), stopping.maxRounds())));
    }

    private Trained<M> trained(BlockTable rows, RowBlocks holdout, EmResult<P> result) {
        result.events().forEach(LOG::warn);
        List<String> warnings = new ArrayList<>(context.tables().warnings(rows.facts()));
        warnings.addAll(result.events());
        MonitoredRounds.endedEarly(context.monitor(), result.rounds(), stopping.maxRounds())
                .ifPresent(warnings::add);
        Origin origin = context.origin(rows.facts());
        double heldOut =
                holdout == null
                        ? Double.NaN
                        : context.monitor()
                                .time("evaluate", () -> mean(problem(), result.model(), holdout));
        Figures figures =
                new Figures(
                        rows.facts().rows(),
                        problem().weight(result.sums()),
                        result.objective(),
                        heldOut,
                        result.rounds(),
                        result.converged(),
                        origin.json());
        return new ByRounds(
                model(result.model(), figures),
                figures,
                result,
                rows,
                holdout == null ? 0 : holdout.rows(),
                warnings,
                origin);
    }

    /** Returns the objective of parameters on other rows, a mean over them. */
    public static <P> double mean(ExpectationMaximization<P> problem, P found, RowBlocks rows) {
        return problem.objective(found, rows.sums("evaluation", problem.expectation(found)).sums());
    }

    /** The result of the training. */
    private final class ByRounds implements Trained<M> {
        private final M model;
        private final Figures figures;
        private final EmResult<P> fit;
        private final BlockTable table;
        private final long holdoutRows;
        private final List<String> warnings;
        private final Origin origin;

        ByRounds(
                M model,
                Figures figures,
                EmResult<P> fit,
                BlockTable table,
                long holdoutRows,
                List<String> warnings,
                Origin origin) {
            this.model = model;
            this.figures = figures;
            this.fit = fit;
            this.table = table;
            this.holdoutRows = holdoutRows;
            this.warnings = warnings;
            this.origin = origin;
        }

        @Override
        public M model() {
            return model;
        }

        @Override
        public FeatureAssembler assembler() {
            return context.tables()
                    .assembler(table.columns(), table.scaling(), table.facts().width());
        }

        @Override
        public TableFacts facts() {
            return table.facts();
        }

        @Override
        public List<Map<String, Object>> rounds() {
            return fit.history().stream()
                    .map(round -> RoundLine.of(round, "meanLogLikelihood"))
                    .toList();
        }

        @Override
        public Result result() {
            Measures measures =
                    new Measures(figures.rows(), holdoutRows)
                            .add(
                                    "meanLogLikelihood",
                                    "Mean log-likelihood, nats per row",
                                    figures.meanLogLikelihood(),
                                    figures.holdoutMeanLogLikelihood());
            Map<String, Object> train = measures.train();
            train.put("rounds", figures.rounds());
            train.put("converged", figures.converged());
            TrainedTable shown = TrainedTable.of(context, table, holdoutRows);
            Result result =
                    shown.result(
                            this::head,
                            model,
                            own -> own.put("train", train).put("holdout", measures.heldOut()),
                            warnings,
                            origin);
            result.line("model", "%s", model.describe())
                    .line(
                            "train",
                            "%s, mean log-likelihood %.4f, %s, %s",
                            Lines.count(figures.rows(), "row"),
                            figures.meanLogLikelihood(),
                            Lines.count(figures.rounds(), "round"),
                            figures.converged() ? "converged" : "not converged");
            shown.addHoldoutLine(result, measures);
            result.notes("warning", warnings);
            addTo(result, model, facts().featureNames());
            return result.technical(() -> technical(measures));
        }

        private List<Page.Section> technical(Measures measures) {
            return List.of(
                    FigureLines.section(
                            List.of(measures.table("Fit to the rows.")),
                            facts().missingByFeature(),
                            ReportFrame.scaled(table.scaling(), facts(), context)),
                    ProgressSection.of(
                            "mean log-likelihood", stopping.tolerance(), fit.history(), List.of()),
                    ReportFrame.origin(context, origin));
        }

        private Page head() {
            String name = model.modelType().words();
            return Page.head(
                    name + " report",
                    context.title().orElse(name),
                    "%s, fitted to %s."
                            .formatted(model.describe(), Lines.count(figures.rows(), "row")),
                    figures.converged() ? "converged" : "not converged",
                    figures.converged(),
                    warnings,
                    List.of(
                            new Page.Tile(
                                    Numbers.figure(figures.meanLogLikelihood()),
                                    "mean log-likelihood",
                                    "nats per training row")));
        }
    }
}
