package io.github.sparklatent.vae;

import java.util.Arrays;

/**
 * Where a classifying variational autoencoder starts once clusters have been found: networks and
 * means of {@link HandOver}, whose whitened codes have a pooled covariance of I within the
 * clusters, as p(z|y) = N(m_y, I) has it. The classifier knows nothing yet.
 */
final class ClassifyingStart {
    private ClassifyingStart() {}

    /**
     * @param embedding its parameters. Not modified.
     * @param seed of the classifier
     */
    static float[] of(Architecture architecture, float[] embedding, long seed) {
        Networks from = architecture.networks(Kind.EMBEDDING);
        Networks to = architecture.networks(Kind.CLASSIFYING);
        MixturePrior prior = (MixturePrior) from.prior();
        float[] start = to.initialize(seed);
        System.arraycopy(embedding, 0, start, 0, to.priorOffset()); // both have these networks
        int means = from.priorOffset() + prior.means();
        System.arraycopy(
                Arrays.copyOfRange(embedding, means, from.priorOffset() + prior.logVariances()),
                0,
                start,
                to.priorOffset(),
                to.auxiliaryOffset() - to.priorOffset());
        return start;
    }
}
