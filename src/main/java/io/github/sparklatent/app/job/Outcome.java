package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import java.util.Map;

/**
 * What a job prints on standard output.
 *
 * @param figures for programs: one JSON object
 * @param text for people; whole lines
 */
public record Outcome(Map<String, Object> figures, String text) {
    /** The configuration itself. */
    public static Outcome of(JobConfiguration configuration) {
        return new Outcome(configuration.settings().asMap(), configuration.settings().text());
    }
}
