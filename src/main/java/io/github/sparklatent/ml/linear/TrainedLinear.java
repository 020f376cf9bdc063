package io.github.sparklatent.ml.linear;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.RoundLine;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.Map;

/**
 * The result of a training.
 *
 * @param <M> class of the model
 * @param model the model
 * @param assembler computes the features of the model
 * @param fitted the fit
 * @param fit the record of the fit
 * @param table the training rows
 * @param warnings warnings about the table and the fit
 * @param holdoutRows number of held-out rows
 * @param origin provenance of the model
 * @param context inputs of the training
 */
record TrainedLinear<M extends LinearModel<M>>(
        M model,
        FeatureAssembler assembler,
        LinearFit fitted,
        LinearRecord fit,
        BlockTable table,
        List<String> warnings,
        long holdoutRows,
        Origin origin,
        TrainingContext context)
        implements Trained<M> {
    @Override
    public TableFacts facts() {
        return table.facts();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        List<Round> rounds = fitted.history();
        if (rounds.isEmpty()) {
            double seconds = context.monitor().seconds().getOrDefault("train", 0.0);
            rounds =
                    List.of(
                            new Round(
                                    1,
                                    fit.meanLogLikelihood(),
                                    Double.NaN,
                                    fit.rows(),
                                    0,
                                    seconds,
                                    0,
                                    0));
        }
        return rounds.stream().map(round -> RoundLine.of(round, "meanLogLikelihood")).toList();
    }

    @Override
    public Result result() {
        return new LinearResult(this).result();
    }
}
