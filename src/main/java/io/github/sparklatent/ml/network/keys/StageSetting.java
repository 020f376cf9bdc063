package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import java.util.List;
import java.util.Optional;

/**
 * One element of {@code train.stages}.
 *
 * @param name name of one of the model type's stages
 * @param adversarialWeight weight of the discriminator's loss; empty: no discriminator
 * @param adversarialTarget the rows that it judges; empty: {@link AdversarialTarget#DEFAULT}
 * @param refinement values that replace the values of {@code train} in this stage
 */
public record StageSetting(
        String name,
        Optional<Double> adversarialWeight,
        Optional<AdversarialTarget> adversarialTarget,
        Refinement refinement) {
    /** Returns the stages in their order; none if the model type has no stages. */
    @SuppressWarnings("unchecked") // every model type declares the key with this type of value
    public static List<StageSetting> of(Settings settings) {
        return (List<StageSetting>) settings.value("train.stages").orElse(List.of());
    }

    /** Returns the weight of the discriminator's loss; 0: it is not used. */
    public double weight() {
        return adversarialWeight.orElse(0.0);
    }

    /** Returns whether the stage uses a discriminator. */
    public boolean isAdversarial() {
        return weight() > 0;
    }
}
