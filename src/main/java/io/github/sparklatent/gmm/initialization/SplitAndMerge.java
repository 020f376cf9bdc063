package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A start near a fitted mixture: two components are merged, and one is split by a hyperplane
 * through its mean.
 *
 * <p>Ueda, Nakano, Ghahramani and Hinton, SMEM Algorithm for Mixture Models, Neural Computation
 * 2000. Where a fit has two components on one group of rows and one on two groups, no round of EM
 * moves a component over the valley between them. This move does. The components and the direction
 * are drawn, so that a few restarts try different moves.
 *
 * @param responsibilities responsibilities of the start
 * @param centres one centre for each component, k × d
 */
public record SplitAndMerge(Responsibilities responsibilities, DMatrixRMaj centres) {
    /**
     * Draws a move.
     *
     * @param mixture a mixture of at least two components
     */
    public static SplitAndMerge of(Mixture mixture, RandomGenerator random) {
        int k = mixture.components();
        int d = mixture.dimension();
        int kept = random.nextInt(k);
        int removed = (kept + 1 + random.nextInt(k - 1)) % k;
        int[] groups = groups(k, Math.min(kept, removed), Math.max(kept, removed));
        Posterior posterior = new Posterior(MixtureFactors.of(mixture));
        MergedResponsibilities merged = new MergedResponsibilities(posterior, groups, k - 1);
        DMatrixRMaj centres = OverClustering.centres(mixture, merged);
        int part = random.nextInt(k);
        int split = groups[part];
        double[] direction = new double[d];
        for (int j = 0; j < d; j++) {
            direction[j] = random.nextGaussian() / Math.sqrt(mixture.variance(part, j));
        }
        double[] origin = Arrays.copyOfRange(centres.data, split * d, (split + 1) * d);
        DMatrixRMaj all = new DMatrixRMaj(k, d);
        System.arraycopy(centres.data, 0, all.data, 0, (k - 1) * d);
        System.arraycopy(origin, 0, all.data, (k - 1) * d, d);
        return new SplitAndMerge(new SplitResponsibilities(merged, split, origin, direction), all);
    }

    /** Returns the group of each component if the second of two joins the first. */
    private static int[] groups(int components, int first, int second) {
        int[] groups = new int[components];
        for (int k = 0; k < components; k++) {
            groups[k] = k == second ? first : k > second ? k - 1 : k;
        }
        return groups;
    }
}
