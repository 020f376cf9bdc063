package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Evaluates a mixture of any family on all rows of a table.
 *
 * @param evaluation evaluates the mixture on rows
 */
public record MixtureEvaluationRun(
        LatentModel<?> model, Function<RowBlocks, MixtureEvaluation> evaluation, EvaluationContext context)
        implements ModelEvaluation {
    @Override
    public Measured run() {
        TrainingMonitor monitor = context.monitor();
        try (BlockTable rows = monitor.time("read", () -> context.blocks(model))) {
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Map<String, Object> measures = monitor.time("evaluate", () -> measures(rows, warnings));
            return new Measured(rows.facts(), warnings, rows.scaling(), measures, Map.of(), new Lines());
        }
    }

    private Map<String, Object> measures(BlockTable rows, List<String> warnings) {
        MixtureEvaluation found = evaluation.apply(rows.train());
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", found.meanLogLikelihood());
        measures.putAll(LabelMeasures.of(context, model, warnings::add));
        found.size().warnings("BIC and AIC").forEach(warnings::add);
        measures.put("bic", found.bic());
        measures.put("aic", found.aic());
        return measures;
    }
}
