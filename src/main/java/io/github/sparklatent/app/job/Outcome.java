package io.github.sparklatent.app.job;

import io.github.sparklatent.app.files.TableWriter;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Map;

/**
 * The result that a job prints on standard output.
 *
 * @param metrics result for programs, one JSON object
 * @param text result for people, complete lines
 */
public record Outcome(Map<String, Object> metrics, String text) {
    /** Returns the result of a job whose rows an earlier run has written. */
    static Outcome repeated(TableWriter writer) {
        Lines lines = new Lines();
        lines.add("result", "%s, which has the same rows already", writer.result());
        return new Outcome(
                Json.object("output", writer.result(), "format", writer.format(), "repeated", true), lines.toString());
    }
}
