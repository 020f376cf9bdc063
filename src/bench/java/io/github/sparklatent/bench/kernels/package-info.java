/**
 * The kernels of {@code linalg} beside other libraries, what {@code jobs/bench --kernels} runs.
 *
 * <p>A {@link io.github.sparklatent.bench.kernels.KernelCase} is a product of given shapes or an
 * elementary function, and knows every system's way to compute it. {@link
 * io.github.sparklatent.bench.kernels.KernelBenchmark} is what JMH forks a JVM for, one for each
 * case: in it the systems work in turn, an iteration each, so that whatever else the machine does
 * meets all of them, and processor time of the one thread is counted. {@link
 * io.github.sparklatent.bench.kernels.KernelBench} collects the figures.
 */
package io.github.sparklatent.bench.kernels;
