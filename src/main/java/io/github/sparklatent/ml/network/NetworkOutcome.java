package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.network.measure.Comparison;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.LinkedHashMap;
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
 * @param result of the rounds, stage by stage
 * @param model as spark.ml has it
 * @param train figures of the training rows
 * @param holdout figures of the held-out rows; empty where there are none
 * @param agreement of components and label, by whether rows are held out; empty without the one or
 *     the other
 * @param comparison with reconstructions and drawn rows, by whether rows are held out; empty for
 *     rows that there are not
 */
record NetworkOutcome(
        TrainingTables tables,
        ShardTable rows,
        Optional<ShardTable> heldOut,
        List<String> warnings,
        StagedResult result,
        NetworkModel<?> model,
        Map<String, Object> train,
        Optional<Map<String, Object>> holdout,
        Map<Boolean, Agreement> agreement,
        Map<Boolean, Comparison> comparison,
        Origin origin) {
    /**
     * Figures of the rows that are held out or of the others, those of the label and of the
     * comparison with them.
     */
    Map<String, Object> figures(boolean heldOut) {
        Map<String, Object> figures = new LinkedHashMap<>(heldOut ? holdout.orElseThrow() : train);
        figures.putAll(comparison(heldOut).figures());
        if (agreement.containsKey(heldOut)) {
            figures.putAll(agreement.get(heldOut).figures());
        }
        return figures;
    }

    /** The comparison of the rows that are held out or of the others. */
    Comparison comparison(boolean heldOut) {
        return comparison.getOrDefault(heldOut, Comparison.NONE);
    }

    /** Rounds of all stages. */
    int rounds() {
        return result.stages().stream().mapToInt(stage -> stage.rounds().size()).sum();
    }

    /** Epochs of all stages over the rows trained on. */
    double epochs() {
        return result.stages().stream().mapToDouble(NetworkOutcome::epochs).sum();
    }

    /** Epochs of one stage. */
    static double epochs(StageRecord stage) {
        List<NetworkRound> rounds = stage.rounds();
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epochs();
    }

    boolean isStaged() {
        return result.stages().size() > 1;
    }

    TrainedNetwork network() {
        return model.network();
    }

    /** Rows held out. */
    long holdoutRows() {
        return heldOut.map(table -> table.train().rows())
                .orElse(rows.holdout() == null ? 0L : rows.holdout().rows());
    }
}
