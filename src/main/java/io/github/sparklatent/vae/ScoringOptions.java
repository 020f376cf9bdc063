package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of scoring rows by a trained network.
 *
 * @param samples L, the number of draws of z for each row's ELBO. The standard deviation of a score
 *     over its draws falls with 1/√L.
 * @param importanceSamples S, the number of draws of z for each row's importance-weighted
 *     log-likelihood and for its imputed values
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 before it is measured; for
 *     networks that were trained so
 * @param reconstruction what the reconstruction of a row is; without meaning for a network whose
 *     codes are no distributions
 * @param seed seed of all draws
 */
@RecordBuilder
public record ScoringOptions(
        int samples,
        int importanceSamples,
        boolean binarize,
        Reconstruction reconstruction,
        long seed)
        implements ScoringOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final ScoringOptions DEFAULT =
            new ScoringOptions(16, 256, false, Reconstruction.MEAN, 1);

    /** Creates options with at least one sample. */
    public ScoringOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
        Require.that(
                importanceSamples >= 1,
                "importanceSamples is %d, expected at least 1",
                importanceSamples);
    }
}
