package io.github.sparklatent.app;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.ml.NetworkModel;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network's training that has ended, with all that is told of it.
 *
 * @param tables that it read
 * @param rows the table trained on
 * @param heldOut a held-out table of its own
 * @param warnings about table and options, as sentences
 * @param measures names of the objective's
 * @param result of the rounds
 * @param model as spark.ml has it
 * @param train figures of the training rows
 * @param holdout figures of the held-out rows; empty where there are none
 */
record TrainedAutoencoder(
        TrainTables tables,
        ShardTable rows,
        Optional<ShardTable> heldOut,
        List<String> warnings,
        List<String> measures,
        AveragingResult result,
        NetworkModel<?> model,
        Map<String, Object> train,
        Optional<Map<String, Object>> holdout,
        Origin origin) {
    TrainedNetwork network() {
        return model.network();
    }

    /** Rows held out. */
    long holdoutRows() {
        return heldOut.map(table -> table.train().rows())
                .orElse(rows.holdout() == null ? 0L : rows.holdout().rows());
    }
}
