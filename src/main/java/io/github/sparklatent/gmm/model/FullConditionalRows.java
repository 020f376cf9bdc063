package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Incomplete rows under components with full or tied covariances: of well-conditioned components in batches, which is
 * faster, and of the others by projection, which keeps more digits.
 */
final class FullConditionalRows implements ConditionalRows {
    private final ConditionalRows batched;
    private final ConditionalRows projected;
    private final boolean[] wellConditioned;

    /** The rows that were evaluated last. */
    private ConditionalRows last;

    /**
     * Creates the buffers.
     *
     * @param whitenings U of each component, d × d; one and the same matrix if they are tied. Not modified.
     * @param constants log density of each component at its mean, with the logarithm of its weight
     * @param wellConditioned whether the covariance of a component is well conditioned, see {@link Centres}. Not
     *     modified.
     * @param tied whether the components have the same covariance
     */
    FullConditionalRows(
            DMatrixRMaj means,
            List<DMatrixRMaj> whitenings,
            double[] constants,
            boolean[] wellConditioned,
            boolean tied) {
        this.batched = new BatchedConditionalRows(means, whitenings, constants, tied);
        this.projected = new ProjectedConditionalRows(means, whitenings, constants);
        this.wellConditioned = wellConditioned;
    }

    @Override
    public void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum) {
        last = wellConditioned[component] ? batched : projected;
        last.evaluate(block, component, weights, sum);
    }

    @Override
    public double logDensity(int place) {
        return last.logDensity(place);
    }

    @Override
    public double peak(int place) {
        return last.peak(place);
    }

    @Override
    public DMatrixRMaj centred() {
        return last.centred();
    }
}
