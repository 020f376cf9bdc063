package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearSums;
import org.ejml.data.DMatrixRMaj;

/**
 * Sizes of the components and the sums of their factor models, of complete and incomplete rows
 * (Ghahramani and Hinton 1996, section 2.2). A row counts in a component with its responsibility as
 * the weight.
 */
final class FactoredScatter implements Scatter {
    private final StatisticsLayout layout;
    private final double[] sizes;
    private final LinearSums[] sums;

    /**
     * Creates the sums.
     *
     * @param factors the mixture of the E-step
     */
    FactoredScatter(StatisticsLayout layout, MixtureFactors factors) {
        this.layout = layout;
        this.sizes = new double[layout.components()];
        this.sums = new LinearSums[layout.components()];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = new LinearSums(factors.linear(k), k == 0 ? null : sums[0]);
        }
    }

    @Override
    public void add(Block x, DMatrixRMaj responsibilities) {
        Scatter.addSizes(responsibilities, sizes);
        for (int k = 0; k < sums.length; k++) {
            sums[k].add(x, responsibilities.data, k * responsibilities.numCols);
        }
    }

    @Override
    public void write(double[] statistics) {
        System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
        for (int k = 0; k < sums.length; k++) {
            sums[k].write(statistics, layout.scatter(k));
        }
    }
}
