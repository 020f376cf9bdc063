/**
 * The products of {@code linalg} compared with other libraries: {@code jobs/bench kernels}.
 *
 * <p>Read {@link io.github.sparklatent.bench.kernels.ProductCase} first: a product of a given shape, as every system
 * computes it. JMH forks a JVM for each case and runs {@link io.github.sparklatent.bench.kernels.KernelBenchmark} in
 * it. The systems work in turn, one iteration each, so that other load on the machine meets all of them.
 */
package io.github.sparklatent.bench.kernels;
