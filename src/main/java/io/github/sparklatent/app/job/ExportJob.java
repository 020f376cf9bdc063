package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.OnnxExport;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/** Writes a saved model as an ONNX file. */
public final class ExportJob implements Work {
    private final JobContext context;
    private final JobConfiguration configuration;
    private final String to;
    private final OnnxPart part;
    private SavedModel saved;

    public ExportJob(JobContext context, String to, OnnxPart part) {
        this.context = context;
        this.configuration = context.configuration();
        this.to = to;
        this.part = part;
    }

    @Override
    public void checkPaths() {
        SavedModels.requirePath(context.hadoop(), configuration.savedModel());
        try {
            if (FileSystems.of(file(), context.hadoop()).exists(file())) {
                throw exists();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return new Path(to);
    }

    private ResultExistsException exists() {
        return new ResultExistsException(
                "--output is \"%s\", which exists; remove it, or name another file".formatted(to));
    }

    @Override
    public void check() {
        saved = context.savedModel();
        saved.model().noOnnxBecause(part).ifPresent(reason -> {
            throw new UsageException("the model at \"%s\" %s".formatted(saved.path(), reason));
        });
    }

    /** Returns the export of a saved model, with the decision about anomalies that the settings of scoring have. */
    public static OnnxExport of(SavedModel saved, ScoreSection section) {
        return new OnnxExport(saved.model(), Scores.rule(saved, section));
    }

    @Override
    public Outcome run() {
        OnnxExport export = of(saved, configuration.score());
        OnnxExport.OnnxFile file = export.of(part);
        try {
            if (!new HadoopStore(context.hadoop(), file()).putIfAbsent(file(), file.content())) {
                throw exists();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("\"%s\" cannot be written".formatted(to), e);
        }
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add("part", "%s", part);
        lines.add("outputs", "%s", String.join(", ", file.outputs()));
        lines.add("result", "%s, %d bytes", to, file.content().length);
        return new Outcome(
                Json.object(
                        "model", saved.model().metrics(),
                        "part", part.toString(),
                        "outputs", file.outputs(),
                        "bytes", file.content().length,
                        "output", to),
                lines.toString());
    }
}
