package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import java.util.ArrayList;
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

    /** Returns a copy with one more warning. */
    StageRecord withWarning(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new StageRecord(name, more, measures, rounds);
    }

    public double epochs() {
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epochs();
    }

    /** Returns the record so far of a running stage. */
    public static StageRecord of(Stage stage, Stage.Begun begun, AveragingState state) {
        return new StageRecord(stage.name(), begun.warnings(), begun.objective().measures(), state.history());
    }
}
