package io.github.sparklatent.gmm.training;

import java.util.List;

/**
 * The best fit and the figures of all fits.
 *
 * @param best by likelihood among restarts, by the criterion among numbers of components
 * @param candidates all fits, in the order they were made
 */
public record TrainingResult(MixtureFit best, List<Candidate> candidates) {}
