package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.MetricLines;
import io.github.sparklatent.report.MetricLines.JobSeconds;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.OriginSection.RunOrigin;
import io.github.sparklatent.report.Page.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates the parts that the results of all models have. */
public final class ReportFrame {
    private ReportFrame() {}

    /** Returns the seconds that the phases of a training took; NaN for a phase that did not run. */
    public static JobSeconds seconds(TrainingContext context) {
        Map<String, Double> seconds = context.monitor().seconds();
        return new JobSeconds(
                seconds.getOrDefault("read", Double.NaN),
                seconds.getOrDefault("train", Double.NaN),
                seconds.getOrDefault("evaluate", Double.NaN),
                Double.NaN);
    }

    /** Returns the sentence on the units of the log-likelihoods. */
    public static String scaled(Scaling scaling, TableFacts facts, TrainingContext context) {
        return MetricLines.scaled(scaling.kind().toString(), LogJacobian.of(scaling, facts, context.isWeighted()));
    }

    /** Returns the section with the provenance of a result and the text of its settings. */
    public static Section origin(Settings settings, Origin origin) {
        Map<String, String> entries = new LinkedHashMap<>();
        origin.entries().forEach((name, value) -> {
            if (!name.equals("options")) {
                entries.put(name, value instanceof Map<?, ?> map ? Json.line(map) : String.valueOf(value));
            }
        });
        return OriginSection.of(new RunOrigin(entries, settings.text()));
    }
}
