package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import org.ejml.data.FMatrixRMaj;

/**
 * Reads rows with missing cells, which are NaN; has no parameters. The outputs are the cells, with 0 in place of each
 * missing one, then the mask: 1 for a missing cell and 0 for an observed one.
 *
 * @param width columns of a row
 */
public record Mask(int width) implements Layer {
    @Override
    public int inputs() {
        return width;
    }

    @Override
    public int outputs() {
        return 2 * width;
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        return new Worker(new FMatrixRMaj(maxRows, 2 * width), new FMatrixRMaj(0, 0));
    }

    private record Worker(FMatrixRMaj output, FMatrixRMaj inputGradient) implements Layer.Worker {
        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj rows) {
            int width = rows.numCols;
            output.reshape(rows.numRows, 2 * width);
            for (int i = 0; i < rows.numRows; i++) {
                for (int j = 0; j < width; j++) {
                    float cell = rows.data[i * width + j];
                    boolean missing = Missing.is(cell);
                    output.data[2 * i * width + j] = missing ? 0f : cell;
                    output.data[(2 * i + 1) * width + j] = missing ? 1f : 0f;
                }
            }
            return output;
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            if (!wantsInput) {
                return null;
            }
            int width = output.numCols / 2;
            inputGradient.reshape(output.numRows, width);
            for (int at = 0; at < inputGradient.getNumElements(); at++) {
                int from = at / width * 2 * width + at % width;
                boolean observed = output.data[from + width] == 0;
                inputGradient.data[at] = observed ? outputGradient.data[from] : 0f;
            }
            return inputGradient;
        }
    }
}
