package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.Comparisons.Comparison;
import io.github.sparklatent.ml.network.keys.PosteriorOptions;
import io.github.sparklatent.ml.network.options.LikelihoodColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.model.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Evaluates a network on all rows of a table. */
final class NetworkEvaluation implements ModelEvaluation {
    private static final String ROWS = "evaluated rows";

    private final NetworkModel<?> model;
    private final EvaluationContext context;
    private final ComparisonPlan plan;

    NetworkEvaluation(NetworkModel<?> model, EvaluationContext context) {
        this.model = model;
        this.context = context;
        Architecture architecture = model.network().architecture();
        Scale scale = context.scaling().kind();
        ComparisonPlan asked = ComparisonPlan.of(
                context.spark(), model.modelType(), model.network().kind(), context.settings());
        asked.requireRowsOf(model.numFeatures(), context.columns(), scale);
        this.plan = asked.withImageOf(context.table().schema(), architecture, scale);
    }

    @Override
    public Measured run() {
        TrainingMonitor monitor = context.monitor();
        try (ShardTable rows = monitor.time("read", this::rows)) {
            plan.requireEnough(rows.train(), ROWS);
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Comparison comparison =
                    monitor.time("evaluate", () -> new Comparisons(plan, model, rows).of(rows.train(), ROWS));
            Map<String, Object> measures = monitor.time("evaluate", () -> measures(rows, comparison, warnings));
            Lines notes = new Lines();
            comparison.addTo(notes);
            return new Measured(rows.facts(), warnings, rows.scaling(), measures, comparison.details(), notes);
        }
    }

    private ShardTable rows() {
        Likelihood likelihood = model.network().architecture().likelihood();
        return ShardTable.of(
                context.table(),
                context.columns(),
                context.scaling(),
                context.options(),
                width -> {
                    context.requireWidth(width, model);
                    return LikelihoodColumns.check(
                                    model.network().kind(),
                                    likelihood,
                                    context.columns().featureNames(width))
                            .ofHeldOut();
                },
                UnaryOperator.identity());
    }

    private Map<String, Object> measures(ShardTable rows, Comparison comparison, List<String> warnings) {
        int samples = context.settings().bind(PosteriorOptions.DEFAULT).importanceSamples();
        Map<String, Object> found =
                new LinkedHashMap<>(model.measures(samples).of(rows.train(), "metrics of the rows"));
        found.putAll(comparison.metrics());
        found.putAll(LabelMeasures.of(context, model, warnings::add));
        return found;
    }
}
