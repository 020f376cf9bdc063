package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows drawn from a trained variational network: z ~ N(0, I), then x ~ p(x|z). Each is a function
 * of the seed and of its index. Used by one thread; holds the decoder's buffers for one row.
 */
public final class NetworkSampler {
    private final float[] parameters;
    private final long seed;
    private final DecoderPass decoder;
    private final FMatrixRMaj code;
    private final FMatrixRMaj row;

    NetworkSampler(Networks networks, float[] parameters, long seed) {
        this.parameters = parameters;
        this.seed = seed;
        this.decoder = new DecoderPass(networks, 1, new FloatProducts());
        this.code = new FMatrixRMaj(1, networks.decoder().inputs());
        this.row = new FMatrixRMaj(1, networks.encoder().inputs());
    }

    /** A draw: d numbers, put into the first places of values. */
    public void sample(long index, double[] values) {
        decode(index);
        decoder.sample(parameters, RandomStreams.of(seed, Purpose.DECODED, index), row);
        copy(values);
    }

    /** E[x | z] at the same z: for pictures, which the noise of single pixels would blur. */
    public void mean(long index, double[] values) {
        decode(index);
        decoder.mean(parameters, row);
        copy(values);
    }

    private void decode(long index) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.PRIOR, index);
        for (int j = 0; j < code.numCols; j++) {
            code.data[j] = (float) random.nextGaussian();
        }
        decoder.decode(parameters, code);
    }

    private void copy(double[] values) {
        for (int j = 0; j < row.numCols; j++) {
            values[j] = row.data[j];
        }
    }
}
