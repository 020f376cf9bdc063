package io.github.sparklatent.gan;

import io.github.sparklatent.gan.AdversarialTerm.DiscriminatorLoss;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/**
 * The losses of an adversarial game. Each player's loss depends on the other player of that round, so no measure says
 * which of two games went better.
 */
public interface GameObjective extends StochasticObjective {
    /** The generator's loss −log D(G(z)). */
    String GENERATOR_LOSS = "generatorLoss";

    /** The loss of the discriminator, see {@link DiscriminatorLoss#loss}. */
    String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** The accuracy on real rows, see {@link DiscriminatorLoss#realAccuracy}. */
    String REAL_ACCURACY = "realAccuracy";

    /** The accuracy on generated rows, see {@link DiscriminatorLoss#generatedAccuracy}. */
    String FAKE_ACCURACY = "fakeAccuracy";

    /** The names of a game's own measures, in the order in which {@link GameStep} adds them. */
    List<String> GAME_MEASURES = List.of(GENERATOR_LOSS, DISCRIMINATOR_LOSS, REAL_ACCURACY, FAKE_ACCURACY);

    @Override
    default boolean isComparable() {
        return false;
    }
}
