package io.github.sparklatent.ml.network.keys;

import java.util.Optional;

/**
 * One element of {@code train.stages}.
 *
 * @param name name of one of the model type's stages
 * @param adversarialWeight weight of the discriminator's loss; absent: no discriminator
 * @param refinement values that replace the values of {@code train} in this stage
 */
public record StageSetting(String name, Optional<Double> adversarialWeight, Refinement refinement) {
    /** Returns a stage with the common values of {@code train}. */
    static StageSetting of(String name) {
        return new StageSetting(name, Optional.empty(), Refinement.NONE);
    }

    boolean isAdversarial() {
        return adversarialWeight.orElse(0.0) > 0;
    }
}
