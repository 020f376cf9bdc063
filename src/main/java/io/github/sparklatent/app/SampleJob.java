package io.github.sparklatent.app;

import io.github.sparklatent.app.config.DataFormat;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.SampleSection;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws rows from a saved mixture, in the columns and units of the table it was trained on. */
final class SampleJob implements Work {
    private final JobContext context;
    private final JobConfiguration configuration;
    private final OutputDirectory output;
    private final TableWriter writer;
    private final Phases phases = new Phases();
    private SavedModel model;
    private SampledRows rows;

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
        model = SavedModel.load(context.spark(), configuration.savedModel());
        Optional<Integer> component = configuration.sample().component();
        int components = model.parameters().components();
        if (component.isPresent() && component.get() >= components) {
            throw new UsageException(
                    "sample.component is %d, expected 0 to %d: the model at \"%s\" has %d components"
                            .formatted(component.get(), components - 1, model.path(), components));
        }
        rows = new SampledRows(model, writer.isFlat());
    }

    @Override
    public Outcome run() {
        SampleSection section = configuration.sample();
        Dataset<Row> table = rows.draw(section.rows(), section.seed(), section.component());
        phases.time(
                "write",
                () -> {
                    writer.write(table);
                    return table;
                });
        Lines lines = new Lines();
        lines.add("model", "%s", TrainFigures.describe(model.parameters()));
        lines.add(
                "sample",
                "%d rows of %s",
                section.rows(),
                section.component().map(k -> "component " + k).orElse("all components"));
        lines.add("seconds", "%s", Lines.seconds(phases));
        lines.add("result", "%s, %s", output.path(), writer.format());
        return new Outcome(
                Json.object(
                        "model", TrainFigures.model(model.parameters()),
                        "rows", Json.object("sampled", section.rows()),
                        "seconds", phases.rounded(),
                        "output", output.path(),
                        "format", writer.format().toString()),
                lines.toString());
    }
}
