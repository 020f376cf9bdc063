package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link VariationalAdversarialObjective}.
 *
 * @param gamma weight of the reconstruction in the decoder's loss, beside the adversarial terms (Larsen et al. 2016,
 *     section 2.4). The reconstruction is a sum over the units of a layer, so a wider layer needs a smaller weight
 * @param adversarial options of the adversarial game
 */
@RecordBuilder
public record VariationalAdversarialOptions(
        @Setting(
                key = "model.reconstructionWeight",
                meaning = "weight of the reconstruction in the decoder's loss, against the game; smaller for a"
                        + " wide discriminator",
                range = "> 0")
        double gamma,

        AdversarialOptions adversarial)
        implements VariationalAdversarialOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final VariationalAdversarialOptions DEFAULT =
            new VariationalAdversarialOptions(1, AdversarialOptions.DEFAULT);

    public VariationalAdversarialOptions {
        Rules.of(VariationalAdversarialOptions.class).range("gamma", gamma).check();
    }
}
