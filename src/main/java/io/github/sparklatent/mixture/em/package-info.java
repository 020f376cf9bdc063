/**
 * Layer 2: one round of expectation-maximisation.
 *
 * <p>The driver sends {@code MixedDensity} to the workers, inside a {@code MixtureExpectation}. There
 * {@code ComponentSums} sums the statistics of the Gaussian columns of each block, centred at the means, and the
 * accumulator itself those of the other columns. From the sums of all workers {@code MixtureEm} computes the next
 * mixture on the driver, {@code MaximizationStep} its Gaussian columns. {@code MixtureRepair} handles singular
 * covariances, {@code EmptyComponents} components without rows. Read {@code MixtureEm} first.
 */
package io.github.sparklatent.mixture.em;
