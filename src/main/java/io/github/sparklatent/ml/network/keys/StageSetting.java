package io.github.sparklatent.ml.network.keys;

import java.util.Optional;

/**
 * One element of {@code train.stages}.
 *
 * @param name one of the model type's stages
 * @param adversarialWeight absent: none
 * @param refinement what it trains by in place of what {@code train} says for all stages
 */
public record StageSetting(String name, Optional<Double> adversarialWeight, Refinement refinement) {
    /** Trained as all are. */
    static StageSetting of(String name) {
        return new StageSetting(name, Optional.empty(), Refinement.NONE);
    }

    boolean isAdversarial() {
        return adversarialWeight.orElse(0.0) > 0;
    }
}
