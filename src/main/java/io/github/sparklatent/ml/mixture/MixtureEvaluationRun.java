package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates a mixture on all rows of a table. */
record MixtureEvaluationRun(GaussianMixtureModel model, EvaluationContext context)
        implements ModelEvaluation {
    @Override
    public Measured run() {
        TrainingMonitor monitor = context.monitor();
        try (BlockTable rows = monitor.time("read", () -> context.blocks(model))) {
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Map<String, Object> measures = monitor.time("evaluate", () -> measures(rows, warnings));
            return new Measured(
                    rows.facts(), warnings, rows.scaling(), measures, Map.of(), new Lines());
        }
    }

    private Map<String, Object> measures(BlockTable rows, List<String> warnings) {
        MixtureEvaluation evaluation = MixtureEvaluation.of(model.mixture(), rows.train());
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", evaluation.meanLogLikelihood());
        measures.putAll(LabelMeasures.of(context, model, warnings::add));
        evaluation.size().warnings("BIC and AIC").forEach(warnings::add);
        measures.put("bic", evaluation.bic());
        measures.put("aic", evaluation.aic());
        return measures;
    }
}
