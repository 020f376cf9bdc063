package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.settings.Setting;

/**
 * The density whose parameters are inferred.
 *
 * @param name name of a density of this library, or of a class
 * @param numbers numbers that it is created with
 */
record DensityOptions(
        @Setting(
                key = "model.density",
                meaning =
                        "density: " + Densities.MIXTURE + ", " + Densities.FACTORS + ", or a class in a jar of the job",
                noun = "a density")
        String name,

        ModelSettings numbers) {
    /** The default density. */
    static final DensityOptions DEFAULT = new DensityOptions(Densities.MIXTURE, ModelSettings.NONE);
}
