package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.ml.io.Json;
import java.util.Map;

/** A round of an EM loop as a line of {@code rounds.jsonl}. */
public final class RoundLine {
    private RoundLine() {}

    /**
     * Returns the line of a round.
     *
     * @param part name of the objective among the parts
     */
    public static Map<String, Object> of(Round round, String part) {
        Map<String, Object> line = Json.object(
                "round", round.number(),
                "objective", round.objective(),
                "parts", Json.object(part, round.objective()),
                "change", round.change(),
                "rows", round.rows(),
                "partitions", round.traffic().partitions(),
                "bytesToDriver", round.traffic().bytes(),
                "seconds",
                        Json.object(
                                "broadcast", round.broadcast(),
                                "compute", round.compute(),
                                "reduce", round.reduce(),
                                "update", round.update()));
        if (round.error() > 0) {
            line.put("error", round.error());
        }
        return line;
    }
}
