package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * The options of {@link ClusteringObjective}.
 *
 * @param samples L, the number of samples of z that are drawn for each row
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for
 *     the bernoulli likelihood only
 * @param information weight of the batch's mutual information of row and component, which training
 *     raises; 0 is the paper's model. The mutual information favours components of the expected
 *     sizes
 * @param shares expected shares of the components, K numbers above 0; none: components of equal
 *     size
 */
@RecordBuilder
public record ClusteringOptions(
        int samples, boolean binarize, double information, List<Double> shares)
        implements ClusteringOptionsBuilder.With, Serializable {
    /** The default options: the bound of Jiang et al. 2017. Defaults are defined here only. */
    public static final ClusteringOptions DEFAULT = new ClusteringOptions(1, false, 0, List.of());

    /** Creates options whose numbers are in range. */
    public ClusteringOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
        Require.that(
                information >= 0 && information < Double.POSITIVE_INFINITY,
                "the weight of the mutual information is %s, expected a finite number not below 0",
                information);
        shares = List.copyOf(shares);
        for (double share : shares) {
            Require.that(
                    share > 0 && share < Double.POSITIVE_INFINITY,
                    "the expected share of a component is %s, expected a finite number above 0",
                    share);
        }
    }
}
