package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * Incomplete rows under diagonal and spherical components. The columns are independent, so a missing value has the mean
 * and the variance of the component.
 *
 * <p>With y = x − origin, δ_k = μ_k − origin, p = 1 / σ² and o_j = 1 if column j is observed and 0 if not, the log
 * densities of all components near the origin are one matrix product:
 *
 * <pre>
 *   log π_k + Σ_j o_j (½ log(p_kj / 2π) − ½ p_kj δ_kj²)  +  o_j y_j p_kj δ_kj  −  ½ o_j y_j² p_kj
 * </pre>
 *
 * Those of the other components are computed from differences, see {@link Centres}, and those of rows so far away that
 * a square overflows.
 */
final class DiagonalConditionalRows implements ConditionalRows {
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
