package io.github.sparklatent.report;

import java.util.Map;

/**
 * The origin of a result.
 *
 * @param entries facts that identify the run, in display order: version, commit, seed, Spark, Java, data fingerprint
 *     and so on
 * @param options the resolved options as text
 */
public record RunOrigin(Map<String, String> entries, String options) {}
