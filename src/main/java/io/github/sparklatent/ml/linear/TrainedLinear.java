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
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.format.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The result of a training.
 *
 * @param <M> class of the model
 * @param model the model
 * @param assembler computes the features of the model
 * @param result the fit
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
        LinearFit result,
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
    public Map<String, Object> figures() {
        return Json.object(
                "model", model.figures(),
                "rows",
                        Json.object(
                                "train", fit.rows(),
                                "holdout", holdoutRows,
                                "skipped", table.facts().skipped()),
                "partitions", table.partitions().number(),
                "partitionsReason", table.partitions().reason(),
                "missing", table.facts().missingByFeature(),
                "scaling", LogJacobian.json(table.scaling(), table.facts(), context.isWeighted()),
                "train",
                        Json.object(
                                "meanLogLikelihood",
                                fit.meanLogLikelihood(),
                                "fit",
                                result.options().fit().toString(),
                                "rounds",
                                fit.rounds(),
                                "converged",
                                fit.converged(),
                                "explained",
                                Arrays.stream(fit.explained(model.parameters())).boxed().toList()),
                "holdout",
                        holdoutRows == 0
                                ? null
                                : Json.object("meanLogLikelihood", fit.holdoutMeanLogLikelihood()),
                "seconds", context.monitor().seconds(),
                "warnings", warnings,
                "origin", origin.entries());
    }

    @Override
    public Lines lines() {
        Lines lines = new Lines();
        lines.add("model", "%s", model.describe());
        lines.add(
                "train",
                "%s, mean log-likelihood %.4f, %s%s of the variance explained",
                Lines.count(fit.rows(), "row"),
                fit.meanLogLikelihood(),
                result.history().isEmpty()
                        ? ""
                        : "%s, %s, "
                                .formatted(
                                        Lines.count(fit.rounds(), "round"),
                                        fit.converged() ? "converged" : "not converged"),
                Numbers.percent(Arrays.stream(fit.explained(model.parameters())).sum()));
        if (holdoutRows > 0) {
            lines.add(
                    "holdout",
                    "%s, mean log-likelihood %.4f",
                    Lines.count(holdoutRows, "row"),
                    fit.holdoutMeanLogLikelihood());
        }
        lines.addNotes("warning", warnings);
        return lines;
    }

    @Override
    public List<Map<String, Object>> rounds() {
        List<Round> rounds = result.history();
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
    public Page report() {
        return new LinearReport(this).page();
    }
}
