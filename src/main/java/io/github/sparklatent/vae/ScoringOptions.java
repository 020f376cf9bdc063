package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * The options of scoring rows by a trained network.
 *
 * @param samples L, of z for each row's ELBO
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 before it is measured; for
 *     networks that were trained so
 * @param seed of all draws
 */
public record ScoringOptions(int samples, boolean binarize, long seed) implements Serializable {
    /** The only place where defaults are written. */
    public static final ScoringOptions DEFAULT = new ScoringOptions(1, false, 1);

    /** Creates options with at least one sample. */
    public ScoringOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
    }

    /** Returns a copy with another number of samples. */
    public ScoringOptions withSamples(int value) {
        return new ScoringOptions(value, binarize, seed);
    }

    /** Returns a copy that binarizes rows or does not. */
    public ScoringOptions withBinarize(boolean value) {
        return new ScoringOptions(samples, value, seed);
    }

    /** Returns a copy with another seed. */
    public ScoringOptions withSeed(long value) {
        return new ScoringOptions(samples, binarize, value);
    }
}
