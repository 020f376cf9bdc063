/**
 * This project beside its peers on the same data, what {@code jobs/bench} runs; compiled by the
 * Maven profile {@code bench} only.
 *
 * <p>{@link io.github.sparklatent.bench.Bench} takes the cases one by one. A {@link
 * io.github.sparklatent.bench.MixtureCase} says what its data is, {@link
 * io.github.sparklatent.bench.MixtureData} has the workers draw it once, and each {@link
 * io.github.sparklatent.bench.Contestant} fits it in turn. Seconds a pass are those of m + p passes
 * less those of m, divided by p, so that reading, starting and ending cancel; {@link
 * io.github.sparklatent.bench.Race} repeats that and takes the median.
 *
 * <p>{@link io.github.sparklatent.bench.ClusterTrial} trains on a cluster instead, and measures the
 * memory of its processes and what reaches the driver. Products and functions alone are in {@code
 * kernels}, networks in {@code networks}.
 */
package io.github.sparklatent.bench;
