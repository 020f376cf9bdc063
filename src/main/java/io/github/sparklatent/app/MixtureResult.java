package io.github.sparklatent.app;

import io.github.sparklatent.learn.Round;
import io.github.sparklatent.report.ReportWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.ml.PipelineModel;

/** What a mixture's training leaves. */
record MixtureResult(TrainedMixture trained, PipelineModel model, TrainFigures train, Phases phases)
        implements TrainResult {
    @Override
    public List<Map<String, Object>> rounds() {
        return trained.fit().history().stream().map(MixtureResult::line).toList();
    }

    private static Map<String, Object> line(Round round) {
        return Json.object(
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
                                "update", round.update()));
    }

    @Override
    public Optional<Supplier<String>> report() {
        return trained.configuration().output().report()
                ? Optional.of(
                        () ->
                                ReportWriter.render(
                                        new MixtureReportSource(trained, phases).report()))
                : Optional.empty();
    }

    @Override
    public Map<String, Object> figures() {
        return train.json();
    }
}
