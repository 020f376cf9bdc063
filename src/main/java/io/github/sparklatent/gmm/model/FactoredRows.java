package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearPosterior;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Complete and incomplete rows under components with factored covariances, in O(d l) per row and component; each set of
 * missing columns costs O(d l²).
 */
final class FactoredRows implements LogDensities, ConditionalRows {
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
        return constants[component] + posteriors[component].peak(place) - posteriors[component].greatestLogDensity();
    }

    @Override
    public DMatrixRMaj centred() {
        return centred;
    }
}
