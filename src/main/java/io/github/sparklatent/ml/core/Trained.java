package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of a training.
 *
 * @param <M> the model
 */
public interface Trained<M extends LatentModel<M>> {
    /** Returns the model, with the Params of its Estimator and the record of its training. */
    M model();

    /** Returns the stage that makes the model's features from a raw table. */
    TableForm form();

    /** Returns facts about the training rows. */
    TableFacts facts();

    /** Returns the metrics, lines, tables, charts and pictures of the training, including the seconds so far. */
    Result result();

    /** Returns the lines of {@code rounds.jsonl}, one for each round. */
    List<Map<String, Object>> rounds();

    /** Returns tables to be written beside the model, by the names of their directories. */
    default Map<String, Dataset<Row>> tables() {
        return Map.of();
    }
}
