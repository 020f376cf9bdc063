package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows drawn from a trained variational network: z ~ N(0, I), then x ~ p(x|z). Each is a function
 * of the seed and of its index. Neighbouring indices are decoded together, which costs little more
 * than one of them. Used by one thread; holds the decoder's buffers for those.
 */
public final class NetworkSampler {
    private static final int TOGETHER = 16;

    private final float[] parameters;
    private final long seed;
    private final DecoderPass decoder;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj row;

    /** First index of those that are decoded; none at first. */
    private long first = 1;

    NetworkSampler(Networks networks, float[] parameters, long seed) {
        this.parameters = parameters;
        this.seed = seed;
        this.decoder = new DecoderPass(networks, TOGETHER, new FloatProducts());
        this.codes = new FMatrixRMaj(TOGETHER, networks.latent());
        this.row = new FMatrixRMaj(1, networks.inputs());
    }

    /** A draw: d numbers, put into the first places of values. */
    public void sample(long index, double[] values) {
        int place = decode(index);
        decoder.sample(parameters, place, RandomStreams.of(seed, Purpose.DECODED, index), row);
        copy(values);
    }

    /** E[x | z] at the same z: for pictures, which the noise of single pixels would blur. */
    public void mean(long index, double[] values) {
        decoder.mean(parameters, decode(index), row);
        copy(values);
    }

    /** The place of the index among those that are decoded. */
    private int decode(long index) {
        int place = (int) Math.floorMod(index, (long) TOGETHER);
        if (first != index - place) {
            first = index - place;
            for (int i = 0; i < TOGETHER; i++) {
                draw(first + i, i);
            }
            decoder.decode(parameters, codes);
        }
        return place;
    }

    private void draw(long index, int place) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.PRIOR, index);
        for (int j = 0; j < codes.numCols; j++) {
            codes.unsafe_set(place, j, (float) random.nextGaussian());
        }
    }

    private void copy(double[] values) {
        for (int j = 0; j < row.numCols; j++) {
            values[j] = row.data[j];
        }
    }
}
