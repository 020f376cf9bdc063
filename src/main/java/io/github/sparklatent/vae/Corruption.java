package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * What is done to the encoder's input while training, so that the network learns to undo it. The
 * reconstruction is measured against the clean row. Vincent, Larochelle, Bengio and Manzagol,
 * Extracting and Composing Robust Features with Denoising Autoencoders, 2008.
 *
 * @param type of the damage
 * @param level gaussian: standard deviation of what is added to each value, in units of the data as
 *     the network sees it; masking: probability of a value to become 0; none: 0
 */
public record Corruption(Type type, double level) implements Serializable {
    /** The rows as they are. */
    public static final Corruption NONE = new Corruption(Type.NONE, 0);

    /** What happens to a value. */
    public enum Type {
        NONE,
        GAUSSIAN,
        MASKING
    }

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
     * Damages rows in place.
     *
     * @param rows n × d. Modified.
     */
    void apply(FMatrixRMaj rows, RandomGenerator random) {
        int length = rows.getNumElements();
        for (int i = 0; type == Type.GAUSSIAN && i < length; i++) {
            rows.data[i] = (float) (rows.data[i] + level * random.nextGaussian());
        }
        for (int i = 0; type == Type.MASKING && i < length; i++) {
            if (random.nextDouble() < level) {
                rows.data[i] = 0f;
            }
        }
    }
}
