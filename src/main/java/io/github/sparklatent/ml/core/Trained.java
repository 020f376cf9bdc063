package io.github.sparklatent.ml.core;

import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import java.util.List;
import java.util.Map;

/**
 * What came of a training.
 *
 * @param <M> the model
 */
public interface Trained<M extends LatentModel<M>> {
    /** Returns the model, with the Params of its Estimator and the record of its training. */
    M model();

    /** Returns the stage that makes the features of the model out of a raw table. */
    FeatureAssembler assembler();

    /** Returns {@code metrics.json}, with the seconds up to now. */
    Map<String, Object> figures();

    /** Returns the same figures in a few lines. */
    Lines lines();

    /** Returns the lines of {@code rounds.jsonl}, one for each round. */
    List<Map<String, Object>> rounds();

    /** Draws the report. */
    Page report();
}
