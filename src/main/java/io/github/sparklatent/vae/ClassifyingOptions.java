package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * What a person chooses of the loss of a classifying variational autoencoder.
 *
 * @param samples L, drawn of z for each row
 * @param binarize whether each value, in [0, 1], is drawn anew as 0 or 1 each time its row is used;
 *     of the bernoulli likelihood only
 */
public record ClassifyingOptions(int samples, boolean binarize) implements Serializable {
    /** The only place where defaults are written. */
    public static final ClassifyingOptions DEFAULT = new ClassifyingOptions(1, false);

    public ClassifyingOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
    }

    public ClassifyingOptions withSamples(int value) {
        return new ClassifyingOptions(value, binarize);
    }

    public ClassifyingOptions withBinarize(boolean value) {
        return new ClassifyingOptions(samples, value);
    }
}
