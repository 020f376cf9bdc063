package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.inference.InferenceResult;
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
 * @param model the model
 * @param assembler computes the features of the model
 * @param inferred the fit
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
        InferenceResult inferred,
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
    public List<Map<String, Object>> rounds() {
        return inferred.history().stream().map(round -> RoundLine.of(round, "elbo")).toList();
    }

    @Override
    public Result result() {
        return new BayesianResult(this).result();
    }
}
