package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.RoundLine;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import java.util.List;
import java.util.Map;

/**
 * The result of a training.
 *
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
record TrainedBayesian(
        BayesianInferenceModel model,
        FeatureAssembler assembler,
        InferenceResult result,
        BayesianRecord fit,
        BlockTable table,
        List<String> warnings,
        long holdoutRows,
        Origin origin,
        TrainingContext context)
        implements Trained<BayesianInferenceModel> {
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
                "scaling", LogJacobian.json(table.scaling(), table.facts(), context.isWeighted()),
                "train", BayesianInferenceModel.figures(fit),
                "holdout",
                        holdoutRows == 0
                                ? null
                                : Json.object(
                                        "meanLogPredictiveDensity", fit.holdoutMeanLogDensity()),
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
                "%s, ELBO %.4f ± %.2g, mean log predictive density %.4f, %s, %s",
                Lines.count(fit.rows(), "row"),
                fit.elbo(),
                fit.elboError(),
                fit.meanLogDensity(),
                Lines.count(fit.rounds(), "round"),
                fit.converged() ? "converged" : "not converged");
        if (holdoutRows > 0) {
            lines.add(
                    "holdout",
                    "%s, mean log predictive density %.4f",
                    Lines.count(holdoutRows, "row"),
                    fit.holdoutMeanLogDensity());
        }
        lines.addNotes("warning", warnings);
        return lines;
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return result.history().stream().map(round -> RoundLine.of(round, "elbo")).toList();
    }

    @Override
    public Page report() {
        return new BayesianReport(this).page();
    }
}
