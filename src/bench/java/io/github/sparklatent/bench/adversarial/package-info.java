/**
 * Adversarial training: {@code jobs/bench adversarial}.
 *
 * <p>{@link io.github.sparklatent.bench.adversarial.SampleTrial} compares digits drawn by the networks of
 * {@link io.github.sparklatent.bench.adversarial.SampleMethod} with real digits.
 */
package io.github.sparklatent.bench.adversarial;
