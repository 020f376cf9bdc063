package io.github.sparklatent.gan;

import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/**
 * The losses of an adversarial game. Each player's loss depends on the other player of that round, so no measure says
 * which of two games went better.
 */
public interface GameObjective extends StochasticObjective {
    /** The names of a game's own measures, in the order in which {@link GameStep} adds them. */
    List<String> GAME_MEASURES = List.of(
            AdversarialMeasures.GENERATOR_LOSS,
            AdversarialMeasures.DISCRIMINATOR_LOSS,
            AdversarialMeasures.REAL_ACCURACY,
            AdversarialMeasures.FAKE_ACCURACY);

    @Override
    default boolean isComparable() {
        return false;
    }
}
