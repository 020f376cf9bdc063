package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.List;

/**
 * How one stage of a network's training went.
 *
 * @param name of the stage
 * @param lossHistory mean loss of each round
 * @param epochs over the rows
 */
public record StageFit(String name, List<Double> lossHistory, double epochs) {
    public StageFit {
        lossHistory = List.copyOf(lossHistory);
    }

    public static StageFit of(StageRecord record) {
        List<NetworkRound> rounds = record.rounds();
        return new StageFit(
                record.name(),
                rounds.stream().map(NetworkRound::loss).toList(),
                rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epochs());
    }

    /** Rounds made. */
    public int rounds() {
        return lossHistory.size();
    }
}
