package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * Incomplete rows under diagonal and spherical components. The columns are independent, so a
 * missing value has the mean and the variance of the component.
 */
final class DiagonalConditionalRows implements ConditionalRows {
    private final DMatrixRMaj means;
    private final DMatrixRMaj precisions;
    private final double[] constants;

    /** ½ log(2π σ²) of each component and column, k × d. */
    private final double[] normalizers;

    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private double[] logDensities = new double[0];

    /**
     * Creates the buffers.
     *
     * @param precisions k × d, the inverses of the variances. Not modified.
     * @param constants log density of each component at its mean, with the logarithm of its weight
     */
    DiagonalConditionalRows(DMatrixRMaj means, DMatrixRMaj precisions, double[] constants) {
        this.means = means;
        this.precisions = precisions;
        this.constants = constants;
        this.normalizers = new double[precisions.getNumElements()];
        for (int i = 0; i < normalizers.length; i++) {
            normalizers[i] = 0.5 * (MixtureFactors.LOG_TWO_PI - StrictMath.log(precisions.data[i]));
        }
    }

    @Override
    public void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum) {
        MissingCells missing = block.missing();
        int[] rows = missing.incompleteRows();
        if (logDensities.length < rows.length) {
            logDensities = new double[rows.length];
        }
        Rows.subtractObserved(block.rows(), rows, means, component, centred);
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            double constant = constants[component];
            for (int j : missing.columns(pattern)) {
                constant += normalizers[component * precisions.numCols + j];
            }
            double weight = 0;
            for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
                logDensities[i] = constant - 0.5 * squaredDistance(i, component);
                weight += weights == null ? 0 : weights.get(component, rows[i]);
            }
            if (weight > 0) {
                for (int j : missing.columns(pattern)) {
                    sum.data[j] += weight / precisions.get(component, j);
                }
            }
        }
    }

    private double squaredDistance(int row, int component) {
        int d = precisions.numCols;
        int from = row * d;
        int at = component * d;
        double s0 = 0;
        double s1 = 0;
        int j = 0;
        for (; j + 2 <= d; j += 2) {
            double d0 = centred.data[from + j];
            double d1 = centred.data[from + j + 1];
            s0 = Math.fma(d0 * d0, precisions.data[at + j], s0);
            s1 = Math.fma(d1 * d1, precisions.data[at + j + 1], s1);
        }
        if (j < d) {
            double last = centred.data[from + j];
            s0 = Math.fma(last * last, precisions.data[at + j], s0);
        }
        return s0 + s1;
    }

    @Override
    public double logDensity(int place) {
        return logDensities[place];
    }

    @Override
    public DMatrixRMaj centred() {
        return centred;
    }
}
