/**
 * What every benchmark writes: tables into pages ({@link io.github.sparklatent.bench.report.MarkdownTable},
 * {@link io.github.sparklatent.bench.report.Page}) and JSON files of results
 * ({@link io.github.sparklatent.bench.report.RunFile}); and how peers in Python are asked
 * ({@link io.github.sparklatent.bench.report.Python}).
 */
package io.github.sparklatent.bench.report;
