package io.github.sparklatent.nn;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Numbers for tests of layers: functions of their shape and of a seed. */
final class TestNetworks {
    /** Unit round-off of single precision. */
    static final double U = 0x1.0p-24;

    private TestNetworks() {}

    /** n × d numbers of a standard normal distribution. */
    static FMatrixRMaj normal(int rows, int columns, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    /** Parameters as a training starts with them. */
    static float[] start(Layer layer, long seed) {
        float[] parameters = new float[Parameter.length(layer.parameters())];
        layer.initialize(parameters, 0, new SplittableRandom(seed));
        return parameters;
    }

    /** Rows from .. to − 1. */
    static FMatrixRMaj slice(FMatrixRMaj rows, int from, int to) {
        FMatrixRMaj slice = new FMatrixRMaj(to - from, rows.numCols);
        System.arraycopy(rows.data, from * rows.numCols, slice.data, 0, slice.getNumElements());
        return slice;
    }
}
