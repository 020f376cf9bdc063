/**
 * What trained networks are used for: {@code jobs/bench useful}.
 * {@link io.github.sparklatent.bench.useful.UsefulCommand} has the tables, the other classes are its three parts:
 * anomaly scores, denoising, and drawing a table of mixed columns.
 */
package io.github.sparklatent.bench.useful;
