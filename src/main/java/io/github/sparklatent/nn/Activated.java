package io.github.sparklatent.nn;

import org.ejml.data.FMatrixRMaj;

/** The buffers of a layer's sums and of what its activation makes of them. */
final class Activated {
    private final Activation activation;
    private final int columns;
    private final FMatrixRMaj sums;
    private final FMatrixRMaj output;
    private final float[] scratch;

    Activated(Activation activation, int maxRows, int columns) {
        this.activation = activation;
        this.columns = columns;
        this.output = new FMatrixRMaj(maxRows, columns);
        // In place where backward can do without the sums.
        this.sums = activation.keepsInput() ? new FMatrixRMaj(maxRows, columns) : output;
        this.scratch = activation.keepsInput() ? new float[maxRows * columns] : null;
    }

    /** The buffer that the sums of a batch go into, n × columns. */
    FMatrixRMaj sums(int rows) {
        output.reshape(rows, columns);
        sums.reshape(rows, columns);
        return sums;
    }

    /** What the activation makes of the sums. */
    FMatrixRMaj forward() {
        activation.apply(sums.data, output.data, sums.numRows * columns);
        return output;
    }

    /**
     * @param gradient with respect to the output on entry, to the sums on return. Modified.
     */
    void backward(FMatrixRMaj gradient) {
        activation.backward(
                sums.data, output.data, gradient.data, scratch, gradient.numRows * columns);
    }
}
