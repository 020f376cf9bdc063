package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationContract;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The sums of EM against dense conditional Gaussians, row by row, with missing values. */
class LinearExpectationTest extends ExpectationContract {
    private static final int ROWS = 14;
    private static final int D = 4;
    private static final int L = 2;

    /** Number of entries before the sums of the factor model: those of the mixture, and the size of its component. */
    private static final int HEAD = 4;

    private static final LinearGaussian MODEL = new LinearGaussian(
            new double[] {1, -2, 0.5, 3},
            new DMatrixRMaj(D, L, true, 1, 0.5, -0.3, 2, 0.7, 0.1, -1, 1),
            new double[] {0.5, 1.5, 0.2, 0.8});

    @Override
    protected Expectation expectation() {
        return Fits.expectation(MixtureParameters.of(MODEL));
    }

    @Override
    protected DMatrixRMaj rows() {
        Random random = new Random(3);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, D);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < D; j++) {
                boolean missing = i % 3 == 0 && random.nextInt(2) == 0;
                rows.set(i, j, missing ? Double.NaN : 2 * random.nextGaussian());
            }
        }
        return rows;
    }

    @Override
    protected double[] weights() {
        return IntStream.range(0, ROWS).mapToDouble(i -> 1 + i % 4).toArray();
    }

    @Override
    protected Naive naive() {
        double[] sums = new double[HEAD + 2 + L + L * L + D * (L + 1) + D + D];
        DMatrixRMaj rows = rows();
        for (int i = 0; i < ROWS; i++) {
            int row = i;
            int[] observed = IntStream.range(0, D)
                    .filter(j -> !Double.isNaN(rows.get(row, j)))
                    .toArray();
            add(rows, i, observed, weights()[i], sums);
        }
        double[] bounds = new double[sums.length];
        Arrays.fill(bounds, 1e-11); // sums of some ten terms of order 10
        return new Naive(sums, bounds);
    }

    /** Adds a row by its covariance C = W Wᵀ + Ψ of the observed columns. */
    private static void add(DMatrixRMaj rows, int row, int[] observed, double weight, double[] sums) {
        int n = observed.length;
        DMatrixRMaj w = new DMatrixRMaj(n, L);
        DMatrixRMaj y = new DMatrixRMaj(n, 1);
        for (int o = 0; o < n; o++) {
            y.set(o, 0, rows.get(row, observed[o]) - MODEL.mean()[observed[o]]);
            for (int i = 0; i < L; i++) {
                w.set(o, i, MODEL.loadings().get(observed[o], i));
            }
        }
        DMatrixRMaj z = new DMatrixRMaj(L, 1);
        DMatrixRMaj covariance = CommonOps_DDRM.identity(L);
        double density = condition(w, y, observed, z, covariance);
        boolean complete = n == D;
        if (complete) { // the driver adds the covariance of complete rows
            covariance.zero();
        }
        sums[0] += weight * density;
        sums[1] += weight;
        sums[2]++;
        sums[3] += weight;
        sums[HEAD] += weight;
        sums[HEAD + 1] += complete ? weight : 0;
        int codes = HEAD + 2;
        for (int i = 0; i < L; i++) {
            sums[codes + i] += weight * z.get(i);
            for (int k = i; k < L; k++) {
                sums[codes + L + i * L + k] += weight * (z.get(i) * z.get(k) + covariance.get(i, k));
            }
        }
        int products = codes + L + L * L;
        int squares = products + D * (L + 1);
        for (int j = 0; j < D; j++) {
            int o = Arrays.binarySearch(observed, j);
            if (o < 0) {
                sums[squares + j] += weight;
                sums[squares + D + j] += weight;
                continue;
            }
            double deviation = Math.sqrt(MODEL.noise(j));
            double residual = y.get(o) / deviation;
            double variance = 0;
            for (int i = 0; i < L; i++) {
                residual -= w.get(o, i) / deviation * z.get(i);
                for (int k = 0; k < L; k++) {
                    variance += w.get(o, i) * covariance.get(i, k) * w.get(o, k) / MODEL.noise(j);
                }
            }
            for (int i = 0; i < L; i++) {
                double explained = 0;
                for (int k = 0; k < L; k++) {
                    explained += w.get(o, k) / deviation * covariance.get(k, i);
                }
                sums[products + j * (L + 1) + i] += weight * (residual * z.get(i) - explained);
            }
            sums[products + j * (L + 1) + L] += weight * residual;
            sums[squares + j] += weight * (residual * residual + variance);
        }
    }

    /** Computes z = Wᵀ C⁻¹ y and I − Wᵀ C⁻¹ W, and returns the log density of y. */
    private static double condition(
            DMatrixRMaj w, DMatrixRMaj y, int[] observed, DMatrixRMaj z, DMatrixRMaj covariance) {
        int n = observed.length;
        DMatrixRMaj c = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(w, w, c);
        for (int o = 0; o < n; o++) {
            c.add(o, o, MODEL.noise(observed[o]));
        }
        double determinant = n == 0 ? 1 : CommonOps_DDRM.det(c);
        if (n > 0) {
            CommonOps_DDRM.invert(c);
        }
        DMatrixRMaj gain = new DMatrixRMaj(L, n);
        CommonOps_DDRM.multTransA(w, c, gain);
        CommonOps_DDRM.mult(gain, y, z);
        CommonOps_DDRM.multAdd(-1, gain, w, covariance);
        double distance = 0;
        for (int o = 0; o < n; o++) {
            for (int p = 0; p < n; p++) {
                distance += y.get(o) * c.get(o, p) * y.get(p);
            }
        }
        return -0.5 * (n * Math.log(2 * Math.PI) + Math.log(determinant) + distance);
    }
}
