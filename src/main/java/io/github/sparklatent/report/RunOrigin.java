package io.github.sparklatent.report;

import java.util.Map;

/**
 * Where a result comes from.
 *
 * @param entries what identifies the run, in order: version, commit, seed, Spark, Java, data
 *     fingerprint ...
 * @param options the resolved options as text
 */
public record RunOrigin(Map<String, String> entries, String options) {}
