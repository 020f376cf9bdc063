package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.latent.Corruption;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link AutoencoderObjective}.
 *
 * @param corruption corruption of the encoder's input in training
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for the bernoulli
 *     likelihood only
 */
@RecordBuilder
public record AutoencoderOptions(
        Corruption corruption,
        @Setting(as = VariationalOptions.class) boolean binarize)
        implements AutoencoderOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final AutoencoderOptions DEFAULT = new AutoencoderOptions(Corruption.NONE, false);
}
