package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import java.util.List;
import java.util.Optional;

/**
 * The best fit and the metrics of all fits.
 *
 * @param best the best fit: by likelihood among restarts, and by the criterion among numbers of components
 * @param candidates all fits, in the order they were made
 * @param size number of training rows that BIC counts
 * @param overfit warning if the best fit describes its rows, and not others
 */
public record TrainingResult(MixtureFit best, List<Candidate> candidates, SampleSize size, Optional<String> overfit) {}
