package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * How variational deep embedding is trained from nothing. The defaults are what is reliable on
 * MNIST; {@link #PAPER} is what Jiang et al. 2017 have, which depends on luck: the likelihood is
 * glad to split one digit and to let two others be one, and the bound does not leave that start.
 *
 * @param options of the loss once the clusters are the model's own
 * @param start how clusters are found among the autoencoder's codes
 * @param restarts of the mixture of the codes
 * @param startRows rows at most whose codes the restarts see; the best goes on with all rows
 * @param crossEntropy weight of the cross-entropy of the model's responsibilities against those of
 *     the start while these are fixed
 * @param seed of all that is random about the start
 */
public record EmbeddingRecipe(
        EmbeddingOptions options,
        EmbeddingStart start,
        int restarts,
        int startRows,
        double crossEntropy,
        long seed)
        implements Serializable {
    /**
     * The reliable one; the only place where these defaults are written. A classifying variational
     * autoencoder has it too, unlike the published ones, see {@link ClassifyingStart}.
     */
    public static final EmbeddingRecipe DEFAULT =
            new EmbeddingRecipe(
                    EmbeddingOptions.DEFAULT.withInformation(20),
                    EmbeddingStart.OVER_CLUSTERING,
                    12,
                    10_000,
                    10,
                    1);

    /** The paper's own. */
    public static final EmbeddingRecipe PAPER =
            DEFAULT.withOptions(EmbeddingOptions.DEFAULT).withStart(EmbeddingStart.MIXTURE);

    public EmbeddingRecipe {
        Require.that(restarts >= 1, "restarts is %d, expected at least 1", restarts);
        Require.that(startRows >= 1, "startRows is %d, expected at least 1", startRows);
        Require.that(
                crossEntropy >= 0 && crossEntropy < Double.POSITIVE_INFINITY,
                "the weight of the cross-entropy is %s, expected a finite number not below 0",
                crossEntropy);
    }

    public EmbeddingRecipe withOptions(EmbeddingOptions value) {
        return new EmbeddingRecipe(value, start, restarts, startRows, crossEntropy, seed);
    }

    public EmbeddingRecipe withStart(EmbeddingStart value) {
        return new EmbeddingRecipe(options, value, restarts, startRows, crossEntropy, seed);
    }

    public EmbeddingRecipe withRestarts(int value) {
        return new EmbeddingRecipe(options, start, value, startRows, crossEntropy, seed);
    }

    public EmbeddingRecipe withStartRows(int value) {
        return new EmbeddingRecipe(options, start, restarts, value, crossEntropy, seed);
    }

    public EmbeddingRecipe withCrossEntropy(double value) {
        return new EmbeddingRecipe(options, start, restarts, startRows, value, seed);
    }

    public EmbeddingRecipe withSeed(long value) {
        return new EmbeddingRecipe(options, start, restarts, startRows, crossEntropy, value);
    }
}
