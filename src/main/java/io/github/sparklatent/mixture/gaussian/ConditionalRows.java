package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearPosterior;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The incomplete rows of blocks under one component at a time: the density of their observed part o, and mean and
 * covariance of their missing part m given the observed one (Ghahramani and Jordan, Supervised learning from incomplete
 * data via an EM approach, 1994, eq. 10 to 12).
 *
 * <p>An object holds buffers and is used by one thread.
 */
public interface ConditionalRows {
    /**
     * Evaluates the incomplete rows of a block under a component.
     *
     * @param block a block with missing values. Not modified.
     * @param component index of the component k
     */
    default void evaluate(Block block, int component) {
        evaluate(block, component, null, null);
    }

    /**
     * Evaluates the incomplete rows of a block under a component, and sums their conditional covariances.
     *
     * @param block a block with missing values. Not modified.
     * @param component index of the component k
     * @param weights k × n, weights of the rows of the block in the sum; null for no sum. Not modified.
     * @param sum receives Σ_n w_kn Cov(x_n | observed part of x_n): d × d, of which the upper triangle is added to, or
     *     1 × d variances if the covariances are diagonal. If the components are tied, component 0 may add the sums of
     *     all components, and the others none. Modified.
     */
    void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum);

    /**
     * Writes the log densities of the incomplete rows under all components, if that takes less time than one component
     * after the other.
     *
     * @param out k × n. The columns of the incomplete rows are modified.
     * @param peaks receives the greatest densities, k × n, in the same columns; null: not needed
     * @return whether they were written
     */
    default boolean densities(Block block, DMatrixRMaj out, DMatrixRMaj peaks) {
        return false;
    }

    /**
     * Returns log π_k + log N of the observed part of a row, in nats.
     *
     * @param place place of the row in {@link io.github.sparklatent.linalg.MissingCells#incompleteRows}
     */
    double logDensity(int place);

    /** Returns the greatest {@link #logDensity} that a row with the same observed columns can have, in nats. */
    double peak(int place);

    /**
     * Returns x − μ_k of the incomplete rows, in which missing values are replaced by their conditional means; one row
     * for each incomplete row. Valid until the next call. Not to be modified.
     */
    DMatrixRMaj centred();

    /**
     * Complete and incomplete rows under components with factored covariances, in O(d l) per row and component; each
     * set of missing columns costs O(d l²).
     */
    static final class FactoredRows implements LogDensities, ConditionalRows {
        private final DMatrixRMaj means;
        private final double[] constants;
        private final LinearPosterior[] posteriors;
        private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
        private int component;

        /**
         * Creates the buffers.
         *
         * @param factors loadings and noise variances of each component, d × (l + 1). Not modified.
         * @param constants log density of each component at its mean, with the logarithm of its weight
         */
        FactoredRows(CovarianceType type, DMatrixRMaj means, List<DMatrixRMaj> factors, double[] constants) {
            this.means = means;
            this.constants = constants;
            this.posteriors = new LinearPosterior[constants.length];
            for (int k = 0; k < constants.length; k++) {
                posteriors[k] = new LinearPosterior(
                        MixtureParameters.linear(type, means, k, factors.get(k)), k == 0 ? null : posteriors[0]);
            }
        }

        @Override
        public void apply(DMatrixRMaj x, DMatrixRMaj out) {
            int n = x.numRows;
            out.reshape(constants.length, n);
            Block block = Block.of(x);
            for (int k = 0; k < constants.length; k++) {
                posteriors[k].evaluate(block);
                for (int i = 0; i < n; i++) {
                    out.data[k * n + i] = joint(k, i);
                }
            }
        }

        private double joint(int k, int row) {
            return constants[k] + posteriors[k].logDensity(row) - posteriors[k].greatestLogDensity();
        }

        @Override
        public void evaluate(Block block, int k, DMatrixRMaj weights, DMatrixRMaj sum) {
            if (sum != null) {
                throw new UnsupportedOperationException("the sums of factored covariances are those of their E-step");
            }
            component = k;
            posteriors[k].evaluate(block.select(block.missing().incompleteRows()));
            posteriors[k].impute(centred);
            for (int at = 0; at < centred.getNumElements(); at++) {
                centred.data[at] -= means.data[k * means.numCols + at % means.numCols];
            }
        }

        @Override
        public double logDensity(int place) {
            return joint(component, place);
        }

        @Override
        public double peak(int place) {
            return constants[component]
                    + posteriors[component].peak(place)
                    - posteriors[component].greatestLogDensity();
        }

        @Override
        public DMatrixRMaj centred() {
            return centred;
        }
    }

    /**
     * Incomplete rows under diagonal and spherical components. The columns are independent, so a missing value has the
     * mean and the variance of the component.
     *
     * <p>With y = x − origin, δ_k = μ_k − origin, p = 1 / σ² and o_j = 1 if column j is observed and 0 if not, the log
     * densities of all components near the origin are one matrix product:
     *
     * <pre>
     *   log π_k + Σ_j o_j (½ log(p_kj / 2π) − ½ p_kj δ_kj²)  +  o_j y_j p_kj δ_kj  −  ½ o_j y_j² p_kj
     * </pre>
     *
     * Those of the other components are computed from differences, see {@link Centres}, and those of rows so far away
     * that a square overflows.
     */
    static final class DiagonalConditionalRows implements ConditionalRows {
        private final Centres centres;
        private final DMatrixRMaj precisions;
        private final Products products = new Products();

        /** Coefficients of o, o y and o y², k × 3 d. */
        private final DMatrixRMaj coefficients;

        private final double[] logWeights;

        /** ½ log(p / 2π), k × d. */
        private final DMatrixRMaj atMeans;

        private final DMatrixRMaj powers = new DMatrixRMaj(0, 0);

        /** Log densities, one row for each component. */
        private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);

        private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);

        /** The block of the log densities, and the component that was evaluated last. */
        private Block last;

        private int component;

        /**
         * Creates the buffers.
         *
         * @param precisions k × d, the inverses of the variances. Not modified.
         * @param constants log density of each component at its mean, with the logarithm of its weight
         */
        DiagonalConditionalRows(Centres centres, DMatrixRMaj precisions, double[] constants) {
            int d = precisions.numCols;
            this.centres = centres;
            this.precisions = precisions;
            this.logWeights = constants.clone();
            this.atMeans = new DMatrixRMaj(precisions.numRows, d);
            this.coefficients = new DMatrixRMaj(precisions.numRows, 3 * d);
            for (int k = 0; k < precisions.numRows; k++) {
                for (int j = 0; j < d; j++) {
                    double precision = precisions.get(k, j);
                    double shift = centres.shift(k, j);
                    double atMean = 0.5 * (StrictMath.log(precision) - MixtureFactors.LOG_TWO_PI);
                    logWeights[k] -= atMean;
                    atMeans.set(k, j, atMean);
                    coefficients.set(k, j, atMean - 0.5 * precision * shift * shift);
                    coefficients.set(k, d + j, precision * shift);
                    coefficients.set(k, 2 * d + j, -0.5 * precision);
                }
            }
        }

        @Override
        public void evaluate(Block block, int k, DMatrixRMaj weights, DMatrixRMaj sum) {
            if (block != last) {
                last = block;
                evaluate(block);
            }
            component = k;
            if (sum != null) {
                addVariances(block.missing(), weights, sum);
            }
        }

        private void evaluate(Block block) {
            int[] rows = block.missing().incompleteRows();
            joint.reshape(logWeights.length, rows.length);
            for (int k = 0; k < logWeights.length; k++) {
                for (int i = 0; i < rows.length; i++) {
                    joint.data[k * rows.length + i] = logWeights[k];
                }
            }
            Rows.observedPowers(block.rows(), rows, centres.origin(), powers);
            products.addOuter(coefficients, powers, joint);
            for (int k = 0; k < logWeights.length; k++) {
                if (centres.near()[k] && isFinite(k)) {
                    continue;
                }
                Rows.subtractObserved(block.rows(), rows, centres.means(), k, centred);
                for (int i = 0; i < rows.length; i++) {
                    joint.data[k * rows.length + i] = logWeights[k] + logDensity(i, k);
                }
            }
        }

        /** Returns whether no square of a component's log densities has overflowed. */
        private boolean isFinite(int k) {
            for (int i = k * joint.numCols; i < (k + 1) * joint.numCols; i++) {
                if (!Double.isFinite(joint.data[i])) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the log density of a centred row without the weight of the component. */
        private double logDensity(int row, int k) {
            int d = precisions.numCols;
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double precision = precisions.data[k * d + j];
                double difference = centred.data[row * d + j];
                double observed = powers.data[row * 3 * d + j];
                sum += observed * (atMeans.data[k * d + j] - 0.5 * precision * difference * difference);
            }
            return sum;
        }

        private void addVariances(MissingCells missing, DMatrixRMaj weights, DMatrixRMaj sum) {
            for (int pattern = 0; pattern < missing.patterns(); pattern++) {
                double weight = 0;
                for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
                    weight += weights.get(component, missing.incompleteRows()[i]);
                }
                for (int j : missing.columns(pattern)) {
                    sum.data[j] += weight / precisions.get(component, j);
                }
            }
        }

        @Override
        public double logDensity(int place) {
            return joint.get(component, place);
        }

        @Override
        public double peak(int place) {
            int d = precisions.numCols;
            double sum = logWeights[component];
            for (int j = 0; j < d; j++) {
                sum += powers.data[place * 3 * d + j] * atMeans.data[component * d + j];
            }
            return sum;
        }

        @Override
        public DMatrixRMaj centred() {
            int[] rows = last.missing().incompleteRows();
            Rows.subtractObserved(last.rows(), rows, centres.means(), component, centred);
            return centred;
        }
    }
}
