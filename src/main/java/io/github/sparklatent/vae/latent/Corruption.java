package io.github.sparklatent.vae.latent;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Missing;
import java.io.Serializable;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The corruption of the encoder's input in training. The reconstruction is measured against the
 * clean row, so the network learns to undo the corruption. Vincent, Larochelle, Bengio and
 * Manzagol, Extracting and Composing Robust Features with Denoising Autoencoders, 2008.
 *
 * @param type type of the corruption
 * @param level gaussian: standard deviation of the noise added to each value, in units of the
 *     network's input; masking: probability that a value becomes 0; none: 0
 */
public record Corruption(Type type, double level) implements Serializable {
    /** No corruption. */
    public static final Corruption NONE = new Corruption(Type.NONE, 0);

    /** The change of a value. */
    public enum Type {
        /** Values are not changed. */
        NONE,
        /** Gaussian noise is added. */
        GAUSSIAN,
        /** Values become 0 at random. */
        MASKING
    }

    /** Creates a corruption with a level that fits its type. */
    public Corruption {
        Require.that(
                switch (type) {
                    case NONE -> level == 0;
                    case GAUSSIAN -> level > 0 && Double.isFinite(level);
                    case MASKING -> level > 0 && level < 1;
                },
                "corruption level is %s, expected %s",
                level,
                switch (type) {
                    case NONE -> "0, as there is no corruption";
                    case GAUSSIAN -> "a finite standard deviation above 0";
                    case MASKING -> "a probability between 0 and 1";
                });
    }

    /**
     * Corrupts rows in place. Missing cells stay missing.
     *
     * @param rows n × d. Modified.
     */
    void apply(FMatrixRMaj rows, RandomGenerator random) {
        int length = rows.getNumElements();
        for (int i = 0; type == Type.GAUSSIAN && i < length; i++) {
            rows.data[i] = (float) (rows.data[i] + level * random.nextGaussian());
        }
        for (int i = 0; type == Type.MASKING && i < length; i++) {
            if (random.nextDouble() < level && !Missing.is(rows.data[i])) {
                rows.data[i] = 0f;
            }
        }
    }
}
