package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Origin;
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
 * @param model the model
 * @param assembler computes the features of the model
 * @param fit the record of the fit
 * @param table the training rows
 * @param warnings warnings about the table and the fit
 * @param holdoutRows number of held-out rows
 * @param origin provenance of the model
 * @param context inputs of the training
 */
record TrainedPpca(
        ProbabilisticPcaModel model,
        FeatureAssembler assembler,
        PpcaFit fit,
        BlockTable table,
        List<String> warnings,
        long holdoutRows,
        Origin origin,
        TrainingContext context)
        implements Trained<ProbabilisticPcaModel> {
    @Override
    public Map<String, Object> figures() {
        return Json.object(
                "model", model.figures(),
                "rows",
                        Json.object(
                                "train", fit.rows(),
                                "holdout", holdoutRows,
                                "skipped", table.facts().skipped()),
                "scaling", LogJacobian.json(table.scaling()),
                "train",
                        Json.object(
                                "meanLogLikelihood",
                                fit.meanLogLikelihood(),
                                "rounds",
                                1,
                                "converged",
                                true,
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
                "%s, mean log-likelihood %.4f, %s of the variance explained",
                Lines.count(fit.rows(), "row"),
                fit.meanLogLikelihood(),
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
        return List.of(
                Json.object(
                        "round",
                        1,
                        "objective",
                        fit.meanLogLikelihood(),
                        "parts",
                        Json.object("meanLogLikelihood", fit.meanLogLikelihood()),
                        "change",
                        null,
                        "rows",
                        fit.rows(),
                        "seconds",
                        Json.object("compute", context.monitor().seconds().get("train"))));
    }

    @Override
    public Page report() {
        return new PpcaReport(this).page();
    }
}
