package io.github.sparklatent.app;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.config.SampleSection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws rows from a saved model, in the columns and units of the table it was trained on. */
final class SampleJob implements Work {
    private final JobContext context;
    private final JobConfiguration configuration;
    private final OutputDirectory output;
    private final TableWriter writer;
    private final Phases phases = new Phases();
    private SavedModel model;
    private SavedModel.Draw draw;

    SampleJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
        DataFormat format = configuration.output().format().orElse(DataFormat.PARQUET);
        this.writer = new TableWriter(output, format, configuration.data());
    }

    @Override
    public void check() {
        output.requireUsable();
        model = SavedModels.load(context);
        draw = model.draw(context, writer.isFlat());
    }

    @Override
    public Outcome run() {
        SampleSection section = configuration.sample();
        Dataset<Row> table = draw.rows(section);
        phases.time(
                "write",
                () -> {
                    writer.write(table);
                    return table;
                });
        Lines lines = new Lines();
        lines.add("model", "%s", model.describe());
        lines.add("sample", "%s of %s", Lines.count(section.rows(), "row"), draw.of());
        lines.add("seconds", "%s", Lines.seconds(phases));
        lines.add("result", "%s, %s", output.path(), writer.format());
        return new Outcome(
                Json.object(
                        "model", model.figures(),
                        "rows", Json.object("sampled", section.rows()),
                        "seconds", phases.rounded(),
                        "output", output.path(),
                        "format", writer.format().toString()),
                lines.toString());
    }
}
