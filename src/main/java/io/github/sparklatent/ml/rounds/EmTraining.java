package io.github.sparklatent.ml.rounds;

import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.Map;

/**
 * Fits a model by rounds of sums over the rows of a table, to which each task adds its part. It reads the rows,
 * continues from a checkpoint, runs the rounds, evaluates the model and reports it. A family gives the formulas as an
 * {@link ExpectationMaximization} whose objective is the mean log-likelihood.
 *
 * @param <M> the model
 * @param <P> its parameters, a class that {@link io.github.sparklatent.learn.StateCodec} can encode
 */
public abstract class EmTraining<M extends LatentModel<M>, P> extends BlockTraining<M, EmResult<P>> {
    /**
     * The metrics of a fit, saved with the model.
     *
     * @param rows number of rows of the training table
     * @param weight total weight of these rows
     * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
     * @param holdoutMeanLogLikelihood the same of the held-out rows; NaN if none were held out
     * @param rounds number of updates
     * @param converged whether the tolerance ended the rounds
     * @param origin provenance of the model: a JSON object
     */
    public record Metrics(
            long rows,
            double weight,
            double meanLogLikelihood,
            double holdoutMeanLogLikelihood,
            int rounds,
            boolean converged,
            String origin) {}

    private final StoppingRule stopping;
    private final Class<P> parameters;

    /**
     * Creates a training.
     *
     * @param stopping when the rounds end
     * @param parameters class of the parameters
     */
    protected EmTraining(TrainingContext context, StoppingRule stopping, Class<P> parameters) {
        super(context, EmTraining.class);
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
    protected abstract M model(P found, Metrics metrics);

    /**
     * Adds metrics, lines, tables and charts of the family to the result. The default implementation adds none.
     *
     * @param features names of the numbers of a row
     */
    protected void addTo(Result result, M model, List<String> features) {}

    @Override
    protected final EmResult<P> fit(Rows rows) {
        ExpectationMaximization<P> problem = problem();
        EmState<P> from = checkpoint(rows, parameters).orElseGet(() -> EmState.start(start(rows.train())));
        return this.<P>rounds(
                problem.description(),
                stopping,
                listener -> EmLoop.run(problem, rows.train(), from, stopping, listener));
    }

    @Override
    protected final Trained<M> trained(Rows rows, EmResult<P> result) {
        TrainedTable table = table(rows, result.warnings(), () -> endedEarly(result.rounds(), stopping));
        Metrics metrics = new Metrics(
                rows.table().facts().rows(),
                problem().weight(result.sums()),
                result.objective(),
                onHoldout(rows, held -> mean(problem(), result.model(), held)),
                result.rounds(),
                result.converged(),
                table.origin().json());
        return new BlockResult<M>(
                model(result.model(), metrics),
                rows.table(),
                table,
                Measures.ofLogLikelihood(
                        metrics.rows(),
                        table.holdoutRows(),
                        metrics.meanLogLikelihood(),
                        metrics.holdoutMeanLogLikelihood()),
                new BlockResult.Course(
                        "meanLogLikelihood",
                        "mean log-likelihood",
                        stopping.tolerance(),
                        result.history(),
                        result.rounds(),
                        result.converged())) {
            @Override
            protected Map<String, Object> train(Map<String, Object> measured) {
                measured.put("rounds", metrics.rounds());
                measured.put("converged", metrics.converged());
                return measured;
            }

            @Override
            protected void addLine(Result result) {
                result.line(
                        "train",
                        "%s, mean log-likelihood %.4f, %s",
                        Lines.count(metrics.rows(), "row"),
                        metrics.meanLogLikelihood(),
                        course());
            }

            @Override
            protected void addTo(Result result) {
                EmTraining.this.addTo(result, model(), facts().featureNames());
            }

            @Override
            protected Page head() {
                String name = model().modelType().words();
                return head(
                        name,
                        name,
                        "%s, fitted to %s.".formatted(model().describe(), Lines.count(metrics.rows(), "row")),
                        List.of(new Page.Tile(
                                Numbers.figure(metrics.meanLogLikelihood()),
                                "mean log-likelihood",
                                "nats per training row")));
            }
        };
    }

    /** Returns the objective of parameters on other rows, a mean over them. */
    public static <P> double mean(ExpectationMaximization<P> problem, P found, RowBlocks rows) {
        return problem.objective(
                found, rows.sums("evaluation", problem.expectation(found)).sums());
    }
}
