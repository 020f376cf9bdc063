package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Sums of the powers of projections of the rows of one component. A projection is p_nl = v_l · (x_n − c).
 *
 * <pre>
 *   0 .. 4       Σ_n w_n r_n p_n0^m, m = 0 .. 4
 *   5 .. 9       the same of p_n1, and so on
 * </pre>
 *
 * @param responsibilities responsibilities of each row
 * @param component the component
 * @param origin c, d numbers. Not to be modified.
 * @param directions v, L × d. Not to be modified.
 */
record ProjectionMoments(Responsibilities responsibilities, int component, double[] origin, DMatrixRMaj directions)
        implements Expectation {
    private static final int POWERS = 5;

    /** A direction of heavy tails, with the mean and the deviation of the rows along it. */
    record Tail(int direction, double mean, double deviation, boolean positive) {}

    @Override
    public int length() {
        return POWERS * directions.numRows;
    }

    /**
     * Returns the direction of greatest kurtosis, and the side of its longer tail. The first direction is returned if
     * the component has no weight or no variance.
     */
    static Tail heaviest(double[] sums) {
        Tail heaviest = new Tail(0, 0, 0, true);
        double greatest = 0;
        for (int at = 0; at < sums.length; at += POWERS) {
            double mean = sums[at + 1] / sums[at];
            double second = sums[at + 2] / sums[at];
            double third = sums[at + 3] / sums[at];
            double fourth = sums[at + 4] / sums[at];
            double square = mean * mean;
            double variance = second - square;
            double skewness = third - 3 * mean * second + 2 * mean * square;
            double tails = fourth - 4 * mean * third + 6 * square * second - 3 * square * square;
            double kurtosis = tails / (variance * variance);
            if (kurtosis > greatest) {
                greatest = kurtosis;
                heaviest = new Tail(at / POWERS, mean, Math.sqrt(variance), skewness >= 0);
            }
        }
        return heaviest;
    }

    @Override
    public Accumulator accumulator() {
        Sums sums = new Sums();
        return Accumulator.of(sums.statistics, sums::add);
    }

    private final class Sums {
        private final Responsibilities.Assigner assigner = responsibilities.assigner();
        private final DMatrixRMaj shares = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj projections = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj offsets = new DMatrixRMaj(1, directions.numRows);
        private final double[] statistics = new double[length()];
        private double[] logLikelihoods = new double[0];

        Sums() {
            CommonOps_DDRM.multTransB(DMatrixRMaj.wrap(1, origin.length, origin), directions, offsets);
        }

        void add(Block block) {
            int n = block.size();
            if (logLikelihoods.length < n) {
                logLikelihoods = new double[n];
            }
            assigner.assign(block, shares, logLikelihoods);
            projections.reshape(n, directions.numRows);
            CommonOps_DDRM.multTransB(block.rows(), directions, projections);
            for (int i = 0; i < n; i++) {
                add(i, block.weight(i) * shares.data[component * n + i]);
            }
        }

        private void add(int row, double weight) {
            for (int l = 0; l < directions.numRows; l++) {
                double p = projections.data[row * directions.numRows + l] - offsets.data[l];
                double term = weight;
                for (int power = 0; power < POWERS; power++) {
                    statistics[l * POWERS + power] += term;
                    term *= p;
                }
            }
        }
    }
}
