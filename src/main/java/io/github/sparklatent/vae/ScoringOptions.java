package io.github.sparklatent.vae;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of scoring rows by a trained network.
 *
 * @param samples L, the number of draws of z for each row's ELBO. The standard deviation of a score over its draws
 *     falls with 1/√L.
 * @param importanceSamples S, the number of draws of z for each row's importance-weighted log-likelihood and for its
 *     imputed values
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 before it is measured; for networks that were
 *     trained so
 * @param reconstruction what the reconstruction of a row is; without meaning for a network whose codes are no
 *     distributions
 * @param seed seed of all draws
 */
@RecordBuilder
public record ScoringOptions(
        @Setting(
                key = "score.samples",
                meaning = "latent vectors drawn for the ELBO of a row in scores and metrics;"
                        + " mog-vae: for each component",
                range = ">= 1",
                param = "scoreSamples")
        int samples,

        @Setting(
                key = "score.importanceSamples",
                meaning = "latent vectors drawn for logDensity and imputed of a row; mog-vae:"
                        + " of all components together",
                range = ">= 1",
                param = "scoreImportanceSamples")
        int importanceSamples,

        @Setting(key = "model.binarize") boolean binarize,

        @Setting(
                key = "score.reconstruction",
                meaning = "reconstruction of a row: the decoder's mean at the mean code, or z" + " and the row drawn",
                param = "scoreReconstruction")
        Reconstruction reconstruction,

        @Setting(key = "train.seed") long seed)
        implements ScoringOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final ScoringOptions DEFAULT = new ScoringOptions(16, 256, false, Reconstruction.MEAN, 1);

    public ScoringOptions {
        Rules.of(ScoringOptions.class)
                .range("samples", samples)
                .range("importanceSamples", importanceSamples)
                .check();
    }
}
