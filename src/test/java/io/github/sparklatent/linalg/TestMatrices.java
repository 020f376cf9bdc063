package io.github.sparklatent.linalg;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;

/** Matrices for tests: functions of their shape and of a seed. */
public final class TestMatrices {
    /** Unit round-off of double precision. */
    public static final double U = 0x1.0p-53;

    private TestMatrices() {}

    /** rows × columns numbers in [−1, 1). */
    public static DMatrixRMaj uniform(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return filled(rows, columns, () -> 2 * random.nextDouble() - 1);
    }

    /** rows × columns standard normal numbers. */
    public static DMatrixRMaj normal(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return filled(rows, columns, random::nextGaussian);
    }

    /** A symmetric d × d matrix A Aᵀ / d + I / 2: no eigenvalue below 1/2, A normal. */
    public static DMatrixRMaj covariance(int d, long seed) {
        DMatrixRMaj a = normal(d, d, seed);
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 0.5 : 0;
                for (int t = 0; t < d; t++) {
                    sum += a.get(i, t) * a.get(j, t) / d;
                }
                covariance.set(i, j, sum);
                covariance.set(j, i, sum);
            }
        }
        return covariance;
    }

    /** Rows from .. to − 1 as a new matrix. */
    public static DMatrixRMaj slice(DMatrixRMaj rows, int from, int to) {
        DMatrixRMaj slice = new DMatrixRMaj(to - from, rows.numCols);
        System.arraycopy(rows.data, from * rows.numCols, slice.data, 0, slice.getNumElements());
        return slice;
    }

    /** One row as an array. */
    public static double[] row(DMatrixRMaj rows, int index) {
        return slice(rows, index, index + 1).data;
    }

    private static DMatrixRMaj filled(int rows, int columns, DoubleSupplier numbers) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = numbers.getAsDouble();
        }
        return matrix;
    }
}
