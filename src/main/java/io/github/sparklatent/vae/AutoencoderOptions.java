package io.github.sparklatent.vae;

import java.io.Serializable;

/**
 * What a person chooses of an autoencoder's loss.
 *
 * @param corruption of the input while training
 * @param binarize whether each value, in [0, 1], is drawn anew as 0 or 1 each time its row is used;
 *     of the bernoulli likelihood only
 */
public record AutoencoderOptions(Corruption corruption, boolean binarize) implements Serializable {
    /** The only place where defaults are written. */
    public static final AutoencoderOptions DEFAULT = new AutoencoderOptions(Corruption.NONE, false);

    public AutoencoderOptions withCorruption(Corruption value) {
        return new AutoencoderOptions(value, binarize);
    }

    public AutoencoderOptions withBinarize(boolean value) {
        return new AutoencoderOptions(corruption, value);
    }
}
