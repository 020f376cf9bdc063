package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.TableWriter;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.SampledRows;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws rows from a saved model, in the columns and units of its training table. */
public final class SampleJob implements Work {
    private static final String WHERE = "sample.where";

    private final JobContext context;

    private final JobConfiguration configuration;
    private final TableWriter writer;
    private final JobMonitor monitor;
    private SavedModel saved;
    private SampledRows rows;

    /** Creates the job without starting it. */
    public SampleJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.writer = context.rowWriter(DataFormat.PARQUET);
        this.monitor = new JobMonitor(context);
    }

    @Override
    public void checkPaths() {
        writer.requirePath();
        SavedModels.requirePath(context.hadoop(), configuration.savedModel());
    }

    @Override
    public void check() {
        writer.requireTable();
        if (writer.isRepeated()) {
            return;
        }
        saved = context.savedModel();
        LatentModel<?> model = saved.model();
        saved.noSamplesBecause().ifPresent(reason -> {
            throw new UsageException("the model at \"%s\" %s".formatted(saved.path(), reason));
        });
        SampleSection section = configuration.sample();
        if (section.component().isPresent() && section.component().get() >= model.componentCount()) {
            throw new UsageException("sample.component is %d, expected 0 to %d: the model at \"%s\" has %s"
                    .formatted(
                            section.component().get(),
                            model.componentCount() - 1,
                            saved.path(),
                            Lines.count(model.componentCount(), "component")));
        }
        SampleRequest request = new SampleRequest(
                section.rows(), section.seed(), section.component().orElse(null), section.noise());
        rows = new SampledRows(
                saved,
                section.missing() ? request : request.complete(),
                writer.isFlat(),
                "sample.given",
                section.given().orElse(Map.of()));
        Dataset<Row> table = rows.table();
        writer.requireWritable(table.schema());
        section.where().ifPresent(where -> SampledRows.filter(table, WHERE, where));
    }

    @Override
    public Outcome run() {
        if (writer.isRepeated()) {
            return Outcome.repeated(writer);
        }
        SampleSection section = configuration.sample();
        monitor.time("write", () -> {
            Dataset<Row> table =
                    section.where().map(where -> rows.where(WHERE, where)).orElseGet(rows::table);
            writer.write(table, () -> {});
            return table;
        });
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add(
                "sample",
                "%s of %s",
                Lines.count(section.rows(), "row"),
                saved.model().describe(rows.request()));
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s, %s", writer.result(), writer.format());
        return new Outcome(
                Json.object(
                        "model", saved.model().metrics(),
                        "rows", Json.object("sampled", section.rows()),
                        "seconds", monitor.seconds(),
                        "warnings", writer.warnings(),
                        "output", writer.result(),
                        "format", writer.format()),
                lines.toString());
    }
}
