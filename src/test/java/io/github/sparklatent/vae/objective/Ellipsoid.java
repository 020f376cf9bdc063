package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Normal rows along some rotated axes, two of them longer than the others. */
final class Ellipsoid {
    static final int WIDTH = 6;
    static final int LATENT = 2;
    private static final double[] DEVIATIONS = {2, 1.5, 0.5, 0.4, 0.3, 0.2};

    private Ellipsoid() {}

    static FMatrixRMaj rows(int count) {
        RandomGenerator random = RandomStreams.of(31, Purpose.NOISE);
        DMatrixRMaj rotation = new DMatrixRMaj(WIDTH, WIDTH);
        for (int i = 0; i < rotation.getNumElements(); i++) {
            rotation.data[i] = random.nextGaussian();
        }
        rotation = axes(rotation).axes;
        FMatrixRMaj rows = new FMatrixRMaj(count, WIDTH);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < WIDTH; k++) {
                double along = DEVIATIONS[k] * random.nextGaussian();
                for (int j = 0; j < WIDTH; j++) {
                    rows.data[i * WIDTH + j] += (float) (along * rotation.get(k, j));
                }
            }
        }
        return rows;
    }

    /** The singular value decomposition of the rows less their mean. */
    static Axes principal(FMatrixRMaj rows) {
        DMatrixRMaj centred = new DMatrixRMaj(rows.numRows, WIDTH);
        for (int j = 0; j < WIDTH; j++) {
            double mean = 0;
            for (int i = 0; i < rows.numRows; i++) {
                mean += rows.get(i, j) / rows.numRows;
            }
            for (int i = 0; i < rows.numRows; i++) {
                centred.set(i, j, rows.get(i, j) - mean);
            }
        }
        return axes(centred);
    }

    static Axes axes(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, true, true);
        svd.decompose(matrix.copy());
        double[] values = svd.getSingularValues();
        DMatrixRMaj axes = svd.getV(null, true);
        SingularOps_DDRM.descendingOrder(null, false, values, values.length, axes, true);
        return new Axes(values, axes);
    }

    /**
     * What a table spans.
     *
     * @param values singular values, the largest first
     * @param axes orthonormal rows in the same order
     */
    record Axes(double[] values, DMatrixRMaj axes) {
        /** The first l axes. */
        DMatrixRMaj leading() {
            DMatrixRMaj leading = axes.copy();
            leading.reshape(LATENT, WIDTH, true);
            return leading;
        }
    }
}
