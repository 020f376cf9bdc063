package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.nn.Gaussian;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

/** Baldi and Hornik 1989: the only minima of a linear autoencoder span the leading components. */
class LinearAutoencoderTest {
    private static final int ROWS = 120;
    private static final int WIDTH = 6;
    private static final int LATENT = 2;

    /** Deviations along some rotated axes: two are larger than the others. */
    private static final double[] DEVIATIONS = {2, 1.5, 0.5, 0.4, 0.3, 0.2};

    @Test
    void reachesThePrincipalSubspace() {
        FMatrixRMaj rows = rows();
        Architecture architecture = Samples.linear(LATENT, Gaussian.fixed(WIDTH, 1));
        float[] parameters = architecture.initialize(Kind.AUTOENCODER, 1);
        descend(architecture, rows, parameters);
        int decoder = WIDTH * LATENT + LATENT;
        DMatrixRMaj spanned = new DMatrixRMaj(LATENT, WIDTH);
        for (int k = 0; k < spanned.getNumElements(); k++) {
            spanned.data[k] = parameters[decoder + k];
        }
        assertThat(largestAngle(leading(centred(rows)), leading(spanned))).isLessThan(1e-2);
        // A start's subspace is far from it: the angle above is the training's doing.
        float[] start = architecture.initialize(Kind.AUTOENCODER, 1);
        for (int k = 0; k < spanned.getNumElements(); k++) {
            spanned.data[k] = start[decoder + k];
        }
        assertThat(largestAngle(leading(centred(rows)), leading(spanned))).isGreaterThan(0.3);
    }

    /** Plain gradient descent on the whole table. */
    private static void descend(Architecture architecture, FMatrixRMaj rows, float[] parameters) {
        StochasticObjective.Worker worker =
                new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT).worker(ROWS);
        float[] gradient = new float[parameters.length];
        for (int step = 0; step < 4000; step++) {
            worker.gradient(
                    parameters,
                    rows,
                    Samples.ones(ROWS),
                    new StochasticObjective.Position(step, step),
                    gradient,
                    new double[1]);
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] -= 0.05f * gradient[i];
            }
        }
    }

    private static FMatrixRMaj rows() {
        RandomGenerator random = RandomStreams.of(31, Purpose.NOISE);
        DMatrixRMaj axes = new DMatrixRMaj(WIDTH, WIDTH);
        for (int i = 0; i < axes.getNumElements(); i++) {
            axes.data[i] = random.nextGaussian();
        }
        DMatrixRMaj rotation = leading(axes);
        FMatrixRMaj rows = new FMatrixRMaj(ROWS, WIDTH);
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < WIDTH; k++) {
                double along = DEVIATIONS[k] * random.nextGaussian();
                for (int j = 0; j < WIDTH; j++) {
                    rows.data[i * WIDTH + j] += (float) (along * rotation.get(k, j));
                }
            }
        }
        return rows;
    }

    private static DMatrixRMaj centred(FMatrixRMaj rows) {
        DMatrixRMaj centred = new DMatrixRMaj(ROWS, WIDTH);
        for (int j = 0; j < WIDTH; j++) {
            double mean = 0;
            for (int i = 0; i < ROWS; i++) {
                mean += rows.get(i, j) / ROWS;
            }
            for (int i = 0; i < ROWS; i++) {
                centred.set(i, j, rows.get(i, j) - mean);
            }
        }
        return centred;
    }

    /** Orthonormal rows that span a matrix's leading directions: l of a table, else all. */
    private static DMatrixRMaj leading(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, true, true);
        svd.decompose(matrix.copy());
        double[] values = svd.getSingularValues();
        DMatrixRMaj v = svd.getV(null, true);
        int count = matrix.numRows == ROWS ? LATENT : matrix.numRows;
        DMatrixRMaj leading = new DMatrixRMaj(count, WIDTH);
        for (int k = 0; k < count; k++) {
            int best = 0;
            for (int c = 1; c < values.length; c++) {
                best = values[c] > values[best] ? c : best;
            }
            values[best] = -1;
            System.arraycopy(v.data, best * v.numCols, leading.data, k * WIDTH, WIDTH);
        }
        return leading;
    }

    /** The sine of the largest principal angle is the largest part of one basis off the other. */
    private static double largestAngle(DMatrixRMaj one, DMatrixRMaj other) {
        DMatrixRMaj cosines = new DMatrixRMaj(LATENT, LATENT);
        CommonOps_DDRM.multTransB(other, one, cosines);
        DMatrixRMaj off = other.copy();
        CommonOps_DDRM.multAdd(-1, cosines, one, off);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(LATENT, WIDTH, false, false, false);
        svd.decompose(off);
        double largest = 0;
        for (double value : svd.getSingularValues()) {
            largest = Math.max(largest, value);
        }
        return Math.asin(Math.min(1, largest));
    }
}
