package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearSums;
import org.ejml.data.DMatrixRMaj;

/**
 * Sizes, sums and scatter of the components over complete and incomplete rows. An object holds buffers and is used by
 * one thread.
 */
public final class ComponentSums {
    private final StatisticsLayout layout;
    private final MixtureFactors factors;
    private final BlockDensities densities;
    private final Scatter scatter;

    /** Sums of the blocks with missing values; null until the first of them. */
    private IncompleteScatter incomplete;

    /**
     * Creates the sums.
     *
     * @param factors mixture under which missing values are completed; null if all rows are complete and covariances
     *     are not factored
     * @param densities densities under it, with which the E-step has evaluated the incomplete rows; null if it is null
     */
    ComponentSums(StatisticsLayout layout, Centres centres, MixtureFactors factors, BlockDensities densities) {
        this.layout = layout;
        this.factors = factors;
        this.densities = densities;
        this.scatter = layout.type().isFactored() ? new FactoredScatter(layout, factors) : Scatter.of(layout, centres);
    }

    /**
     * Creates the sums under a mixture, centred at its means.
     *
     * @param densities densities with which the E-step evaluates each block before it is added
     */
    public static ComponentSums under(MixtureFactors factors, StatisticsLayout layout, BlockDensities densities) {
        return new ComponentSums(layout, factors.centres(), factors, densities);
    }

    /**
     * Adds a block.
     *
     * @param block n rows. Not modified.
     * @param responsibilities responsibilities times row weights, k × n. Not modified.
     */
    public void add(Block block, DMatrixRMaj responsibilities) {
        if (block.isComplete() || layout.type().isFactored()) {
            scatter.add(block, responsibilities);
            return;
        }
        if (incomplete == null) {
            incomplete = new IncompleteScatter(layout, factors, densities.conditionalRows(), scatter);
        }
        incomplete.add(block, responsibilities);
    }

    /** Writes the sums to the vector after its first three entries. */
    public void write(double[] statistics) {
        scatter.write(statistics);
        if (incomplete != null) {
            incomplete.write(statistics);
        }
    }

    /**
     * Sizes of the components and the sums of their factor models, of complete and incomplete rows (Ghahramani and
     * Hinton 1996, section 2.2). A row counts in a component with its responsibility as the weight.
     */
    private static final class FactoredScatter implements Scatter {
        private final StatisticsLayout layout;
        private final double[] sizes;
        private final LinearSums[] sums;

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
}
