package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * How rows are measured by a trained network.
 *
 * @param samples L, of z for each row's ELBO
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 before it is measured: what a
 *     network that was trained so is judged by
 * @param seed of all draws
 * @param spectralNormalization whether the discriminator, where there is one, was trained so: it
 *     is part of what it computes
 */
public record ScoringOptions(
        int samples, boolean binarize, long seed, boolean spectralNormalization)
        implements Serializable {
    /** The only place where defaults are written. */
    public static final ScoringOptions DEFAULT = new ScoringOptions(1, false, 1, false);

    public ScoringOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
    }

    public ScoringOptions withSamples(int value) {
        return new ScoringOptions(value, binarize, seed, spectralNormalization);
    }

    public ScoringOptions withBinarize(boolean value) {
        return new ScoringOptions(samples, value, seed, spectralNormalization);
    }

    public ScoringOptions withSeed(long value) {
        return new ScoringOptions(samples, binarize, value, spectralNormalization);
    }

    public ScoringOptions withSpectralNormalization(boolean value) {
        return new ScoringOptions(samples, binarize, seed, value);
    }
}
