/**
 * Rows for the benchmarks of networks: MNIST ({@link io.github.sparklatent.bench.data.Images}, as tables of Spark in
 * {@link io.github.sparklatent.bench.data.ImageTables}) and the embedded digits
 * ({@link io.github.sparklatent.bench.data.Digits}); and operations on tables in memory.
 */
package io.github.sparklatent.bench.data;
