package io.github.sparklatent.app.job;

import java.util.Map;

/**
 * The result that a job prints on standard output.
 *
 * @param metrics result for programs, one JSON object
 * @param text result for people, complete lines
 */
public record Outcome(Map<String, Object> metrics, String text) {}
