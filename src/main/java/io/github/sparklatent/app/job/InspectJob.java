package io.github.sparklatent.app.job;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a description of a saved model and its origin. */
public final class InspectJob implements Work {
    private static final int SHOWN = 20;

    private final JobContext context;
    private final boolean withContent;
    private SavedModel saved;

    /**
     * Creates the job without starting it.
     *
     * @param withContent whether the metrics have all parameters of the model
     */
    public InspectJob(JobContext context, boolean withContent) {
        this.context = context;
        this.withContent = withContent;
    }

    @Override
    public void check() {
        String path = context.configuration().savedModel();
        SavedModels.requirePath(context.hadoop(), path);
        saved = SavedModels.any(context.spark(), path, context.configuration().type());
    }

    @Override
    public Outcome run() {
        LatentModel.Inspection inspection = saved.model().inspect();
        String scale = saved.scaling().kind().name().toLowerCase(Locale.ROOT);
        Map<String, Object> metrics = Json.object(
                "path", saved.path(),
                "model", saved.model().metrics(),
                "columns", saved.inputColumns(),
                "scale", scale);
        metrics.putAll(inspection.metrics());
        if (withContent) {
            metrics.put("content", saved.model().namedContent());
        }
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add("path", "%s", saved.path());
        if (!saved.inputColumns().isEmpty()) {
            lines.add(
                    "columns",
                    "%s%s",
                    saved.inputColumns().stream().limit(SHOWN).collect(Collectors.joining(", ")),
                    saved.inputColumns().size() > SHOWN ? ", ..." : "");
        }
        boolean scaled = saved.scaling().kind() != Scale.NONE;
        lines.add("scale", "%s%s", scale, scaled ? "; parameters and densities are those of the scaled columns" : "");
        lines.addAll(inspection.lines());
        return new Outcome(metrics, lines.toString());
    }
}
