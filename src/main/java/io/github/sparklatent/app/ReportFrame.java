package io.github.sparklatent.app;

import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.report.JobSeconds;
import io.github.sparklatent.report.RunOrigin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** What the report of every kind of model begins and ends with. */
final class ReportFrame {
    private ReportFrame() {}

    /** The result's name, or what was trained. */
    static String title(JobConfiguration configuration, String model) {
        return configuration.output().path().map(path -> new Path(path).getName()).orElse(model);
    }

    static JobSeconds seconds(Phases phases) {
        return new JobSeconds(
                phases.seconds("read"),
                phases.seconds("train"),
                phases.seconds("evaluate"),
                Double.NaN);
    }

    static RunOrigin origin(JobConfiguration configuration, Origin origin) {
        Map<String, String> entries = new LinkedHashMap<>();
        origin.entries()
                .forEach(
                        (name, value) -> {
                            if (!name.equals("options")) {
                                entries.put(name, String.valueOf(value));
                            }
                        });
        return new RunOrigin(entries, configuration.settings().text());
    }
}
