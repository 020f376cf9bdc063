package io.github.sparklatent.ml.core;

import io.github.sparklatent.ml.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The metrics of a training, saved with the model.
 *
 * @param metrics the metrics as {@code metrics.json} has them: a JSON object
 * @param rounds the rounds as {@code rounds.jsonl} has them: a JSON object each
 */
record TrainingRecord(String metrics, List<String> rounds) {
    static TrainingRecord of(Trained<?> trained) {
        return new TrainingRecord(
                Json.line(trained.result().metrics()),
                trained.rounds().stream().map(Json::line).toList());
    }

    /** A round with its number and its metrics. */
    record Round(int number, Map<String, Object> metrics) {}

    /** Returns the rounds; one without a number has that of its place, from 1. */
    List<Round> parsedRounds() {
        List<Round> all = new ArrayList<>();
        for (String line : rounds) {
            Map<String, Object> round = Json.parse(line);
            int number = round.remove("round") instanceof Number found ? found.intValue() : all.size() + 1;
            all.add(new Round(number, round));
        }
        return all;
    }

    /** Returns the warnings of the training, as sentences. */
    List<String> warnings() {
        return Json.parse(metrics).get("warnings") instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of();
    }
}
