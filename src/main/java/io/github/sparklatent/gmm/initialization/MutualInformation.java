package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;

/**
 * The mutual information of row and component in nats, with r̄ the mean of the responsibilities r_n and H the entropy:
 *
 * <pre>
 *   I = H(r̄) − mean H(r_n)  =  Σ_k φ(r̄_k) − mean φ(r_nk),   φ(t) = −t log t
 * </pre>
 *
 * I is 0 if the responsibilities of all rows are the same. It is log k if all components have the same size and each
 * row has one certain component. If a fit splits one group of rows and covers two others with one component, the
 * likelihood may rise, but I falls: rows of the split group are uncertain, and nothing separates the two merged groups
 * (Bridle, Heading and MacKay, Unsupervised Classifiers, Mutual Information and 'Phantom Targets', 1992).
 */
public final class MutualInformation {
    private MutualInformation() {}

    /** Returns the mutual information of a data set under a mixture, in one traversal. */
    public static double of(MixtureParameters mixture, RowBlocks data) {
        return of(new Posterior(MixtureFactors.of(mixture)), data);
    }

    /** Returns the mutual information of a data set under any mixture, in one traversal. */
    public static double of(Responsibilities responsibilities, RowBlocks data) {
        int components = responsibilities.components();
        EntropyExpectation expectation = new EntropyExpectation(responsibilities, List.of());
        double[] sums = data.sums("mutual information, K=%d".formatted(components), expectation)
                .sums();
        double information = 0;
        for (int k = 0; k < components; k++) {
            information +=
                    term(sums[EntropyExpectation.sizes() + k] / sums[0]) - sums[expectation.terms() + k] / sums[0];
        }
        return information;
    }

    /** Returns φ(t) = −t log t, and 0 at 0. */
    static double term(double share) {
        return share > 0 ? -share * StrictMath.log(share) : 0;
    }
}
