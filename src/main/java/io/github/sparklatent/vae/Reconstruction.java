package io.github.sparklatent.vae;

import io.github.sparklatent.settings.Names;

/** The kinds of reconstruction of a row x from the distribution q(z|x) of its code. */
public enum Reconstruction {
    /** The mean of p(x|z) at the mean code. A corrupted row has less noise than before. */
    MEAN,
    /** A draw: z from q(z|x), then a row from p(x|z), which is a row that the table could have. */
    SAMPLE;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
