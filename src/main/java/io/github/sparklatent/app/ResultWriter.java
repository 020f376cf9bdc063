package io.github.sparklatent.app;

import io.github.sparklatent.learn.Round;
import io.github.sparklatent.report.ReportWriter;
import java.awt.AWTError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the result directory of a training: model, rounds, report, figures. */
final class ResultWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);

    static final String METRICS = "metrics.json";
    static final String ROUNDS = "rounds.jsonl";
    static final String REPORT = "report.html";

    private final OutputDirectory output;
    private final TrainedMixture trained;
    private final Phases phases;
    private final Stop stop;

    ResultWriter(OutputDirectory output, TrainedMixture trained, Phases phases, Stop stop) {
        this.output = output;
        this.trained = trained;
        this.phases = phases;
        this.stop = stop;
    }

    /** Writes all of it; the figures come last, so that they hold the seconds of the rest. */
    void write(PipelineModel model, TrainFigures figures) {
        output.write(
                directory -> {
                    phases.time(
                            "write",
                            () -> {
                                save(model, new Path(directory, SavedModel.DIRECTORY));
                                output.text(new Path(directory, ROUNDS), rounds());
                                if (trained.configuration().output().report()) {
                                    drawn(this::page, stop)
                                            .ifPresent(
                                                    page ->
                                                            output.text(
                                                                    new Path(directory, REPORT),
                                                                    page));
                                }
                                return directory;
                            });
                    output.text(new Path(directory, METRICS), Json.text(figures.json()));
                });
    }

    private static void save(PipelineModel model, Path path) {
        try {
            model.write().save(path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written: " + e.getMessage(), e);
        }
    }

    private String rounds() {
        return trained.fit().history().stream()
                .map(ResultWriter::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Round round) {
        return Json.line(
                Json.object(
                        "round", round.number(),
                        "objective", round.objective(),
                        "parts", Json.object("meanLogLikelihood", round.objective()),
                        "change", round.change(),
                        "rows", round.rows(),
                        "seconds",
                                Json.object(
                                        "broadcast", round.broadcast(),
                                        "compute", round.compute(),
                                        "reduce", round.reduce(),
                                        "update", round.update())));
    }

    private String page() {
        return ReportWriter.render(new ReportSource(trained, phases).report());
    }

    /**
     * A page, or nothing where it cannot be drawn: a missing font must not cost a night's training.
     * A stop ends the job all the same.
     */
    static Optional<String> drawn(Supplier<String> page, Stop stop) {
        try {
            return Optional.of(page.get());
        } catch (Exception | LinkageError | AWTError e) { // Spark's checked ones too
            if (stop.isRequested()) {
                throw e;
            }
            LOG.warn("no report.html, since it cannot be drawn: {}", e.toString());
            return Optional.empty();
        }
    }
}
