package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import java.util.List;

/**
 * What became of a stage.
 *
 * @param name of the stage
 * @param events what had to be repaired before its rounds could begin, as sentences
 * @param measures names of what the rounds' records hold
 * @param rounds a record for each
 */
public record StageRecord(
        String name, List<String> events, List<String> measures, List<NetworkRound> rounds) {
    public StageRecord {
        events = List.copyOf(events);
        measures = List.copyOf(measures);
        rounds = List.copyOf(rounds);
    }

    /** The record so far of a stage that runs. */
    public static StageRecord of(Stage stage, Stage.Begun begun, AveragingState state) {
        return new StageRecord(
                stage.name(), begun.events(), begun.objective().measures(), state.history());
    }
}
