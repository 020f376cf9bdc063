package io.github.sparklatent.nn;

import org.ejml.data.FMatrixRMaj;

/** The buffers of a layer's sums and of its activations. */
final class ActivationBuffers {
    private final Activation activation;
    private final int columns;
    private final FMatrixRMaj sums;
    private final FMatrixRMaj output;
    private final float[] scratch;

    ActivationBuffers(Activation activation, int maxRows, int columns) {
        this.activation = activation;
        this.columns = columns;
        this.output = new FMatrixRMaj(maxRows, columns);
        // In place if backward does not need the sums.
        this.sums = activation.keepsInput() ? new FMatrixRMaj(maxRows, columns) : output;
        this.scratch = activation.keepsInput() ? new float[maxRows * columns] : null;
    }

    /** Returns the buffer for the sums of a batch, n × columns. */
    FMatrixRMaj sums(int rows) {
        output.reshape(rows, columns);
        sums.reshape(rows, columns);
        return sums;
    }

    /** Applies the activation to the sums and returns the outputs. */
    FMatrixRMaj forward() {
        activation.apply(sums.data, output.data, sums.numRows * columns);
        return output;
    }

    /**
     * Propagates a gradient back through the activation.
     *
     * @param gradient derivative with respect to the output on entry, with respect to the sums on return. Modified.
     */
    void backward(FMatrixRMaj gradient) {
        activation.backward(sums.data, output.data, gradient.data, scratch, gradient.numRows * columns);
    }
}
