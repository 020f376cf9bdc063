package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.NetworkRound;
import java.util.List;

/**
 * The record of a stage.
 *
 * @param name name of the stage
 * @param warnings descriptions of the repairs made before its rounds and about its result
 * @param measures names of the measures in the rounds' records
 * @param rounds the record of each round
 */
public record StageRecord(String name, List<String> warnings, List<String> measures, List<NetworkRound> rounds) {
    public StageRecord {
        warnings = List.copyOf(warnings);
        measures = List.copyOf(measures);
        rounds = List.copyOf(rounds);
    }

    public double epochs() {
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epochs();
    }
}
