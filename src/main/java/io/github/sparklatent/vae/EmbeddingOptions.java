package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.List;

/**
 * What a person chooses of the loss of variational deep embedding.
 *
 * @param samples L, drawn of z for each row
 * @param binarize whether each value, in [0, 1], is drawn anew as 0 or 1 each time its row is used;
 *     of the bernoulli likelihood only
 * @param information weight of the batch's mutual information of row and component, which is
 *     raised; 0 is the paper's model. It favours components of the sizes that are expected
 * @param shares of the components that are expected, K numbers above 0; none: components of one
 *     size
 */
public record EmbeddingOptions(
        int samples, boolean binarize, double information, List<Double> shares)
        implements Serializable {
    /** The bound of Jiang et al. 2017; the only place where defaults are written. */
    public static final EmbeddingOptions DEFAULT = new EmbeddingOptions(1, false, 0, List.of());

    public EmbeddingOptions {
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

    public EmbeddingOptions withSamples(int value) {
        return new EmbeddingOptions(value, binarize, information, shares);
    }

    public EmbeddingOptions withBinarize(boolean value) {
        return new EmbeddingOptions(samples, value, information, shares);
    }

    public EmbeddingOptions withInformation(double value) {
        return new EmbeddingOptions(samples, binarize, value, shares);
    }

    public EmbeddingOptions withShares(List<Double> value) {
        return new EmbeddingOptions(samples, binarize, information, value);
    }
}
