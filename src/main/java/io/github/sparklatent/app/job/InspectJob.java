package io.github.sparklatent.app.job;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.ml.Families;
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
    private SavedModel saved;

    /** Creates the job without starting it. */
    public InspectJob(JobContext context) {
        this.context = context;
    }

    @Override
    public void check() {
        saved =
                SavedModels.any(
                        Families.ALL,
                        context.spark(),
                        context.configuration().savedModel(),
                        context.configuration().type());
    }

    @Override
    public Outcome run() {
        LatentModel.Inspection inspection = saved.model().inspect();
        Map<String, Object> figures =
                Json.object(
                        "path", saved.path(),
                        "model", saved.model().figures(),
                        "columns", saved.inputColumns(),
                        "scale", scale());
        figures.putAll(inspection.figures());
        return new Outcome(figures, head().toString() + inspection.lines());
    }

    private String scale() {
        return saved.scaling().kind().name().toLowerCase(Locale.ROOT);
    }

    private Lines head() {
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add("path", "%s", saved.path());
        if (!saved.inputColumns().isEmpty()) {
            String more = saved.inputColumns().size() > SHOWN ? ", ..." : "";
            lines.add(
                    "columns",
                    "%s%s",
                    saved.inputColumns().stream().limit(SHOWN).collect(Collectors.joining(", ")),
                    more);
        }
        boolean scaled = saved.scaling().kind() != Scale.NONE;
        lines.add(
                "scale",
                "%s%s",
                scale(),
                scaled ? "; parameters and densities are those of the scaled columns" : "");
        return lines;
    }
}
