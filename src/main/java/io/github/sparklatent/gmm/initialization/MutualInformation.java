package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;

/**
 * The mutual information of row and component in nats, r̄ being the mean of the rows'
 * responsibilities r_n and H the entropy:
 *
 * <pre>
 *   I = H(r̄) − mean H(r_n)  =  Σ_k φ(r̄_k) − mean φ(r_nk),   φ(t) = −t log t
 * </pre>
 *
 * From 0, where no row says anything of its component, to log k, where all components are of one
 * size and no row is in doubt. Where the likelihood is glad to split one group of an odd shape and
 * to let two others be one, I falls: rows of the split group are in doubt, and of the two groups
 * nothing tells them apart any more (Bridle, Heading and MacKay, Unsupervised Classifiers, Mutual
 * Information and 'Phantom Targets', 1992).
 */
public final class MutualInformation {
    private MutualInformation() {}

    /** Of the rows under a mixture; one pass over the data. */
    public static double of(Mixture mixture, RowBlocks data) {
        EntropyExpectation expectation =
                new EntropyExpectation(new Posterior(MixtureFactors.of(mixture)), List.of());
        double[] sums =
                data.sums(
                                "GMM %s K=%d, mutual information"
                                        .formatted(mixture.type(), mixture.components()),
                                expectation)
                        .sums();
        double information = 0;
        for (int k = 0; k < mixture.components(); k++) {
            information +=
                    term(sums[EntropyExpectation.sizes() + k] / sums[0])
                            - sums[expectation.terms() + k] / sums[0];
        }
        return information;
    }

    /** φ(t) = −t log t, 0 at 0. */
    static double term(double share) {
        return share > 0 ? -share * StrictMath.log(share) : 0;
    }
}
