package io.github.sparklatent.app;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what a saved model is and where it came from. */
final class InspectJob implements Work {
    private static final int SHOWN = 20;

    private final JobContext context;
    private SavedModel model;

    InspectJob(JobContext context) {
        this.context = context;
    }

    @Override
    public void check() {
        model =
                SavedModels.any(
                        context.spark(),
                        context.configuration().savedModel(),
                        context.configuration().model().type());
    }

    @Override
    public Outcome run() {
        SavedModel.Inspection inspection = model.inspect();
        Map<String, Object> figures =
                Json.object(
                        "path", model.path(),
                        "model", model.figures(),
                        "columns", model.inputColumns(),
                        "scale", scale());
        figures.putAll(inspection.figures());
        return new Outcome(figures, head().toString() + inspection.lines());
    }

    private String scale() {
        return model.scaling().kind().name().toLowerCase(Locale.ROOT);
    }

    private Lines head() {
        Lines lines = new Lines();
        lines.add("model", "%s", model.describe());
        lines.add("path", "%s", model.path());
        if (!model.inputColumns().isEmpty()) {
            String more = model.inputColumns().size() > SHOWN ? ", ..." : "";
            lines.add(
                    "columns",
                    "%s%s",
                    model.inputColumns().stream().limit(SHOWN).collect(Collectors.joining(", ")),
                    more);
        }
        lines.add("scale", "%s", scale());
        return lines;
    }
}
