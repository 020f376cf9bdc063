package io.github.sparklatent.mixture.stochastic;

import io.github.sparklatent.mixture.MixedMixture;
import java.io.Serializable;

/**
 * The state of a {@link LocalFit} between two traversals.
 *
 * @param mixture the current mixture
 * @param progress what is kept beside it; null if the tasks no longer improve the mixture, and in plain EM
 */
public record LocalModel(MixedMixture mixture, Progress progress) implements Serializable {
    /**
     * The state that is kept beside a mixture while tasks improve it.
     *
     * @param steps mean number of steps that a row's task has taken
     * @param objective of the last traversal; NaN before the first one
     * @param memory memory of the {@link LocalRule}; empty before the first traversal. Not to be modified.
     */
    public record Progress(double steps, double objective, double[] memory) implements Serializable {
        /** The progress before the first traversal. */
        public static final Progress START = new Progress(0, Double.NaN, new double[0]);
    }
}
