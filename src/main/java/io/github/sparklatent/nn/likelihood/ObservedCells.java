package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.Missing;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The density of the observed cells of rows. Missing cells are NaN. A row with missing cells is gathered into a shorter
 * row of its observed cells and their outputs, so the worker behind this one computes with numbers only. It must accept
 * rows of fewer columns.
 *
 * <p>A batch of complete rows goes to the worker as it is. In other batches each row goes alone, so that the density of
 * a row does not depend on the other rows.
 */
final class ObservedCells implements Likelihood.Worker {
    private final Likelihood.Worker worker;
    private final boolean whole;
    private final int[] places;
    private final FMatrixRMaj cells = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj ownOutputs = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj ownGradient = new FMatrixRMaj(0, 0);
    private final float[] ownScale = new float[1];
    private final double[] ownDensity = new double[1];
    private boolean complete;

    /**
     * Creates the buffers of one row.
     *
     * @param worker computes complete rows
     * @param width number of columns of a complete row
     * @param whole whether a row with a missing cell is missing as a whole
     */
    ObservedCells(Likelihood.Worker worker, int width, boolean whole) {
        this.worker = worker;
        this.whole = whole;
        this.places = new int[width];
    }

    @Override
    public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
        complete = !Missing.any(x.data, 0, x.getNumElements());
        if (complete) {
            worker.logDensity(parameters, outputs, x, density);
            return;
        }
        for (int i = 0; i < x.numRows; i++) {
            density[i] = gather(x, outputs, i) ? ownDensity(parameters) : 0;
        }
    }

    private double ownDensity(float[] parameters) {
        worker.logDensity(parameters, ownOutputs, cells, ownDensity);
        return ownDensity[0];
    }

    @Override
    public void gradient(
            float[] parameters,
            FMatrixRMaj outputs,
            FMatrixRMaj x,
            float[] scale,
            FMatrixRMaj outputGradient,
            float[] gradient) {
        if (complete) {
            worker.gradient(parameters, outputs, x, scale, outputGradient, gradient);
            return;
        }
        outputGradient.reshape(outputs.numRows, outputs.numCols);
        outputGradient.zero();
        for (int i = 0; i < x.numRows; i++) {
            if (gather(x, outputs, i)) {
                ownDensity(parameters); // the worker's buffers are of the row before
                ownScale[0] = scale[i];
                worker.gradient(parameters, ownOutputs, cells, ownScale, ownGradient, gradient);
                scatter(outputGradient, i);
            }
        }
    }

    /** Gathers the observed cells of a row and their outputs; returns whether there are any. */
    private boolean gather(FMatrixRMaj x, FMatrixRMaj outputs, int row) {
        int width = places.length;
        int count = 0;
        for (int j = 0; j < width; j++) {
            if (!Missing.is(x.data[row * width + j])) {
                places[count++] = j;
            }
        }
        if (count == 0 || whole && count < width) {
            return false;
        }
        int ofCell = outputs.numCols / width;
        cells.reshape(1, count);
        ownOutputs.reshape(1, ofCell * count);
        for (int k = 0; k < count; k++) {
            cells.data[k] = x.data[row * width + places[k]];
        }
        for (int k = 0; k < ofCell * count; k++) {
            ownOutputs.data[k] = outputs.data[output(outputs, row, k)];
        }
        return true;
    }

    private void scatter(FMatrixRMaj outputGradient, int row) {
        for (int k = 0; k < ownGradient.numCols; k++) {
            outputGradient.data[output(outputGradient, row, k)] = ownGradient.data[k];
        }
    }

    /** Returns the index of output k of the gathered row: first the first one of all cells. */
    private int output(FMatrixRMaj outputs, int row, int k) {
        int count = cells.numCols;
        return row * outputs.numCols + k / count * places.length + places[k % count];
    }

    @Override
    public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
        worker.mean(parameters, outputs, mean);
    }

    @Override
    public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
        worker.generate(parameters, outputs, random, rows);
    }

    @Override
    public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
        worker.generatedGradient(rows, slope, outputGradient);
    }

    @Override
    public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
        worker.sample(parameters, outputs, random, x);
    }
}
