package io.github.sparklatent.vae.latent;

import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The corruption of the encoder's input in training. The reconstruction is measured against the clean row, so the
 * network learns to undo the corruption. Counts and categories of a table are not corrupted: noise makes them invalid,
 * and 0 is one of their values. Vincent, Larochelle, Bengio and Manzagol, Extracting and Composing Robust Features with
 * Denoising Autoencoders, 2008.
 *
 * @param type type of the corruption
 * @param level gaussian: standard deviation of the noise added to each value, in units of the network's input; masking:
 *     probability that a value becomes 0; none: 0
 */
public record Corruption(
        @Setting(
                key = "model.corruption.type",
                meaning = "change of a row before it is encoded; the original row is the" + " target")
        Type type,

        @Setting(
                key = "model.corruption.level",
                meaning = "gaussian: standard deviation of the noise; masking: share of the" + " values set to 0",
                range = ">= 0")
        double level)
        implements Serializable {
    /** No corruption. */
    public static final Corruption NONE = new Corruption(Type.NONE, 0);

    /** The change of a value. */
    public enum Type {
        /** Values are not changed. */
        NONE,
        /** Gaussian noise is added. */
        GAUSSIAN,
        /** Values become 0 at random. */
        MASKING;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    public Corruption {
        Rules.of(Corruption.class)
                .range("level", level)
                .refuse(
                        type == Type.NONE && level > 0,
                        "level",
                        "is %s, but model.corruption.type is none: must be 0",
                        level)
                .refuse(
                        type != Type.NONE && level == 0,
                        "type",
                        "is %s, but model.corruption.level is 0: must be above 0",
                        type)
                .refuse(
                        type == Type.MASKING && level >= 1,
                        "level",
                        "is %s, but model.corruption.type is masking: must be a share below 1",
                        level)
                .check();
    }

    /**
     * Corrupts rows in place. Missing cells stay missing.
     *
     * @param rows n × d. Modified.
     * @param columns that are corrupted, in ascending order. Not modified.
     */
    void apply(FMatrixRMaj rows, int[] columns, RandomGenerator random) {
        for (int from = 0; from < rows.getNumElements(); from += rows.numCols) {
            for (int column : columns) {
                int at = from + column;
                if (type == Type.GAUSSIAN) {
                    rows.data[at] = (float) (rows.data[at] + level * random.nextGaussian());
                } else if (random.nextDouble() < level && !Missing.is(rows.data[at])) {
                    rows.data[at] = 0f;
                }
            }
        }
    }
}
