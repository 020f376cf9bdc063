package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.report.JobSeconds;
import io.github.sparklatent.report.RunOrigin;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the report of every kind of model ends with. */
public final class ReportFrame {
    private ReportFrame() {}

    public static JobSeconds seconds(TrainingContext context) {
        Map<String, Double> seconds = context.monitor().seconds();
        return new JobSeconds(
                seconds.getOrDefault("read", Double.NaN),
                seconds.getOrDefault("train", Double.NaN),
                seconds.getOrDefault("evaluate", Double.NaN),
                Double.NaN);
    }

    public static RunOrigin origin(TrainingContext context, Origin origin) {
        Map<String, String> entries = new LinkedHashMap<>();
        origin.entries()
                .forEach(
                        (name, value) -> {
                            if (!name.equals("options")) {
                                entries.put(name, String.valueOf(value));
                            }
                        });
        return new RunOrigin(entries, context.settings().text());
    }
}
