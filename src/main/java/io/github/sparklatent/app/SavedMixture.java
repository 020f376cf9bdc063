package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureEvaluation;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A mixture that was saved.
 *
 * @param mixture as spark.ml has it
 */
record SavedMixture(String path, GaussianMixtureModel mixture, Optional<FeatureAssembler> assembler)
        implements SavedModel {
    @Override
    public ModelType type() {
        return ModelType.GMM;
    }

    /** The parameters. */
    Mixture parameters() {
        return mixture.mixture();
    }

    @Override
    public int width() {
        return parameters().dimension();
    }

    @Override
    public Map<String, Object> figures() {
        return TrainFigures.model(parameters());
    }

    @Override
    public String describe() {
        return TrainFigures.describe(parameters());
    }

    @Override
    public Scores scores(List<ScoreColumn> asked, boolean flat) {
        return new MixtureScores(this, asked, flat);
    }

    @Override
    public Measured measure(
            JobContext context,
            Phases phases,
            Dataset<Row> table,
            FeatureColumns columns,
            ComparisonPlan plan) {
        TableOptions options = TableSettings.whole(context.configuration());
        try (BlockTable rows =
                phases.time("read", () -> BlockTable.of(table, columns, scaling(), options))) {
            requireWidth(rows.facts().width());
            boolean labelled = context.configuration().data().label().isPresent();
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Map<String, Object> measures =
                    phases.time(
                            "evaluate", () -> measures(rows, table, options, labelled, warnings));
            return new Measured(rows.facts(), warnings, rows.scaling(), measures, Comparison.NONE);
        }
    }

    private Map<String, Object> measures(
            BlockTable rows,
            Dataset<Row> table,
            TableOptions options,
            boolean labelled,
            List<String> warnings) {
        MixtureEvaluation evaluation = MixtureEvaluation.of(parameters(), rows.train());
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", evaluation.meanLogLikelihood());
        if (labelled) {
            Agreement agreement =
                    LabelMeasures.of(assembler(rows.columns()), mixture, warnings::add)
                            .of(LabelMeasures.TABLE, table, rows.columns(), options)
                            .get(false);
            if (agreement != null) {
                measures.putAll(agreement.figures());
            }
        }
        measures.put("bic", evaluation.bic());
        measures.put("aic", evaluation.aic());
        return measures;
    }

    @Override
    public Draw draw(JobContext context, boolean flat) {
        Optional<Integer> component = context.configuration().sample().component();
        int components = parameters().components();
        requireComponent(component, components);
        SampledRows rows = new SampledRows(this, flat, List.of("component"));
        return new Draw() {
            @Override
            public Dataset<Row> rows(SampleSection section) {
                Dataset<Row> drawn =
                        component
                                .map(k -> mixture.sample(section.rows(), section.seed(), k))
                                .orElseGet(() -> mixture.sample(section.rows(), section.seed()));
                return rows.of(drawn.select(mixture.getFeaturesCol(), "component"), section.rows());
            }

            @Override
            public String of() {
                return component.map(k -> "component " + k).orElse("all components");
            }
        };
    }

    @Override
    public Inspection inspect() {
        return MixtureInspection.of(this);
    }
}
