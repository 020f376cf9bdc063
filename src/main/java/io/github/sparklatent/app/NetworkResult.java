package io.github.sparklatent.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.ml.PipelineModel;

/** What a network's training leaves. */
record NetworkResult(TrainedAutoencoder trained, PipelineModel model, NetworkFigures train)
        implements TrainResult {
    @Override
    public List<Map<String, Object>> rounds() {
        return train.rounds();
    }

    @Override
    public Optional<Supplier<String>> report() {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> figures() {
        return train.json();
    }
}
