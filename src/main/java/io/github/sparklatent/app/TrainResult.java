package io.github.sparklatent.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.ml.PipelineModel;

/** What a training leaves in its result directory. */
interface TrainResult {
    /** The model with all that comes before it. */
    PipelineModel model();

    /** A line of {@code rounds.jsonl} each. */
    List<Map<String, Object>> rounds();

    /** What draws the report, as HTML; empty where there is to be none. */
    Optional<Supplier<String>> report();

    /** {@code metrics.json}, with the seconds up to now. */
    Map<String, Object> figures();
}
