package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * Sizes, sums and scatter of the components over complete and incomplete rows. An object holds
 * buffers and is used by one thread.
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
     * @param factors mixture under which missing values are completed; null if all rows are
     *     complete and covariances are not factored
     * @param densities densities under it, with which the E-step has evaluated the incomplete rows;
     *     null if it is null
     */
    ComponentSums(
            StatisticsLayout layout,
            Centres centres,
            MixtureFactors factors,
            BlockDensities densities) {
        this.layout = layout;
        this.factors = factors;
        this.densities = densities;
        this.scatter =
                layout.type().isFactored()
                        ? new FactoredScatter(layout, factors)
                        : Scatter.of(layout, centres);
    }

    /**
     * Creates the sums under a mixture, centred at its means.
     *
     * @param densities densities with which the E-step evaluates each block before it is added
     */
    public static ComponentSums under(
            MixtureFactors factors, StatisticsLayout layout, BlockDensities densities) {
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
            incomplete =
                    new IncompleteScatter(layout, factors, densities.conditionalRows(), scatter);
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
}
