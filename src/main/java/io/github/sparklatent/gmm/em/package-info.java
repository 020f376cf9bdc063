/**
 * Layer 2: one round of expectation-maximisation.
 *
 * <p>The driver sends {@link io.github.sparklatent.gmm.model.MixtureFactors} to the workers, inside a
 * {@code MixtureExpectation}. There a {@code Scatter} sums the centred statistics of each block, and an
 * {@code ComponentSums.IncompleteScatter} those of rows with missing values. From the sums of all workers
 * {@code MaximizationStep} computes the next mixture on the driver. {@code MixtureRepair.CovarianceRepair} handles
 * singular covariances, {@code EmptyComponents} components without rows. Read {@code GaussianMixtureEm} first.
 */
package io.github.sparklatent.gmm.em;
