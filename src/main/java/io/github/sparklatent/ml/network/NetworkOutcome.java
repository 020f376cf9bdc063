package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedTraining.StagedResult;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.TrainingRounds;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a network's training.
 *
 * @param context inputs of the training
 * @param rows the training table
 * @param heldOut separate held-out table
 * @param warnings sentences about table and options
 * @param endedEarly whether the time of a stage was over before its last epoch
 * @param staged result of the rounds, stage by stage
 * @param model the model in the form of spark.ml
 * @param form makes its features
 * @param train metrics of the training rows
 * @param holdout metrics of the held-out rows; empty if there are none
 * @param agreement agreement of components and labels for held-out rows (true) and training rows (false); empty without
 *     components or labels
 * @param comparison comparison with reconstructions and drawn rows for held-out rows (true) and training rows (false);
 *     an entry is missing if there are no such rows
 */
record NetworkOutcome<M extends NetworkModel<M>>(
        TrainingContext context,
        ShardTable rows,
        Optional<ShardTable> heldOut,
        List<String> warnings,
        boolean endedEarly,
        StagedResult staged,
        M model,
        TableForm form,
        Map<String, Object> train,
        Optional<Map<String, Object>> holdout,
        Map<Boolean, Agreement> agreement,
        Map<Boolean, Comparison> comparison,
        Origin origin)
        implements Trained<M> {
    @Override
    public TableFacts facts() {
        return rows.facts();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return new NetworkMetrics(this).rounds();
    }

    @Override
    public Result result() {
        return new NetworkResult(this).result();
    }

    /** Returns the metrics of the held-out or the training rows, including agreement and comparison. */
    Map<String, Object> metrics(boolean heldOut) {
        Map<String, Object> metrics = new LinkedHashMap<>(heldOut ? holdout.orElseThrow() : train);
        metrics.putAll(comparison(heldOut).metrics());
        if (agreement.containsKey(heldOut)) {
            metrics.putAll(agreement.get(heldOut).metrics());
        }
        return metrics;
    }

    /** Returns the comparison of the held-out or the training rows. */
    Comparison comparison(boolean heldOut) {
        return comparison.getOrDefault(heldOut, Comparison.NONE);
    }

    /** Returns the number of rounds of all stages. */
    int roundCount() {
        return staged.stages().stream().mapToInt(stage -> stage.rounds().size()).sum();
    }

    /** Returns the round whose parameters were kept, counted over all stages. */
    int keptRound() {
        return roundCount() - staged.last().history().size() + staged.last().round();
    }

    /** Returns the number of epochs of all stages. */
    double epochs() {
        return staged.stages().stream().mapToDouble(StageRecord::epochs).sum();
    }

    boolean isStaged() {
        return staged.stages().size() > 1;
    }

    /** Returns the rounds of all stages. */
    TrainingRounds history() {
        return new TrainingRounds(staged.stages());
    }

    TrainedNetwork network() {
        return model.network();
    }

    /** Returns the number of held-out rows. */
    long holdoutRows() {
        return heldOut.map(table -> table.train().rows())
                .orElse(rows.holdout() == null ? 0L : rows.holdout().rows());
    }
}
