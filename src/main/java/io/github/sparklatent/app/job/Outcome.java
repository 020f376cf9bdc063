package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import java.util.Map;

/**
 * The result that a job prints on standard output.
 *
 * @param metrics result for programs, one JSON object
 * @param text result for people, complete lines
 */
public record Outcome(Map<String, Object> metrics, String text) {
    /** Returns the configuration as the outcome of a dry run. */
    public static Outcome of(JobConfiguration configuration) {
        return new Outcome(
                configuration.settings().asMap(), configuration.settings().text());
    }
}
