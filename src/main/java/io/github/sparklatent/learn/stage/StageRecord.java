package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import java.util.List;

/**
 * The record of a stage.
 *
 * @param name of the stage
 * @param events sentences about repairs made before its rounds
 * @param measures names of the measures in the rounds' records
 * @param rounds the record of each round
 */
public record StageRecord(
        String name, List<String> events, List<String> measures, List<NetworkRound> rounds) {
    public StageRecord {
        events = List.copyOf(events);
        measures = List.copyOf(measures);
        rounds = List.copyOf(rounds);
    }

    /** Returns the record so far of a running stage. */
    public static StageRecord of(Stage stage, Stage.Begun begun, AveragingState state) {
        return new StageRecord(
                stage.name(), begun.events(), begun.objective().measures(), state.history());
    }
}
