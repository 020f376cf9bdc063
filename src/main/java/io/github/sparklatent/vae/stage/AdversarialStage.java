package io.github.sparklatent.vae.stage;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.stage.Stage;

/**
 * The only stage of a model that is trained by an adversarial game alone.
 *
 * @param objective objective of the game
 * @param averaging options of the averaging rounds, with an optimiser for each player
 */
public record AdversarialStage(GameObjective objective, AveragingOptions averaging) implements Stage {
    @Override
    public String name() {
        return "game";
    }

    @Override
    public AveragingOptions options(Shards train) {
        return averaging;
    }

    @Override
    public Begun begin(float[] before, Shards train) {
        return new Begun(objective, before, averaging);
    }

    @Override
    public boolean isComparable() {
        return objective.isComparable();
    }

    /** Applies the spectral normalisation, if there is one, to the weights. */
    @Override
    public float[] end(float[] parameters) {
        return objective.normalized(parameters);
    }
}
