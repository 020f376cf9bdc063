package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.RankedDensities;
import java.io.Serializable;

/**
 * The rows whose density under a mixture reaches a threshold, as {@link RankedDensities} has it.
 *
 * @param factors the mixture with factorised covariances
 * @param threshold lowest density of the rows that are kept
 */
record Selection(MixtureFactors factors, DensityThreshold threshold) implements Serializable {}
