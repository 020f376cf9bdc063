package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.List;

/**
 * The record of one stage of a network's training.
 *
 * @param name name of the stage
 * @param lossHistory mean loss of each round
 * @param epochs number of epochs
 */
public record StageFit(String name, List<Double> lossHistory, double epochs) {
    public StageFit {
        lossHistory = List.copyOf(lossHistory);
    }

    /** Returns the record of a finished stage. */
    public static StageFit of(StageRecord record) {
        List<NetworkRound> rounds = record.rounds();
        return new StageFit(
                record.name(),
                rounds.stream().map(NetworkRound::loss).toList(),
                rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epochs());
    }

    /** Returns the number of rounds. */
    public int rounds() {
        return lossHistory.size();
    }
}
