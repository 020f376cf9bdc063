package io.github.sparklatent.app;

import io.github.sparklatent.report.ReportWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.ml.PipelineModel;

/** What a network's training leaves. */
record NetworkResult(
        NetworkOutcome trained, PipelineModel model, NetworkFigures train, Phases phases)
        implements TrainResult {
    @Override
    public List<Map<String, Object>> rounds() {
        return train.rounds();
    }

    @Override
    public Optional<Supplier<String>> report() {
        return trained.tables().configuration().output().report()
                ? Optional.of(
                        () ->
                                ReportWriter.render(
                                        new NetworkReportSource(trained, phases).report()))
                : Optional.empty();
    }

    @Override
    public Map<String, Object> figures() {
        return train.json();
    }
}
