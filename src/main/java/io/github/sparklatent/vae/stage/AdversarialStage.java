package io.github.sparklatent.vae.stage;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Architecture;

/**
 * The only stage of a model that is trained by an adversarial game alone.
 *
 * @param objective objective of the game
 * @param averaging options of the averaging rounds, with an optimiser for each player
 */
public record AdversarialStage(GameObjective objective, AveragingOptions averaging)
        implements Stage {
    /**
     * Creates the stage of a generative adversarial network.
     *
     * @param averaging options of the averaging rounds, with the optimisers of discriminator and
     *     generator
     */
    public static AdversarialStage of(
            Architecture architecture, AdversarialOptions options, AveragingOptions averaging) {
        return new AdversarialStage(AdversarialGame.of(architecture, options), averaging);
    }

    /**
     * Creates the stage of an adversarial variational autoencoder.
     *
     * @param averaging options of the averaging rounds, with the optimisers of encoder, decoder and
     *     discriminator
     */
    public static AdversarialStage of(
            Architecture architecture,
            VariationalAdversarialOptions options,
            AveragingOptions averaging) {
        return new AdversarialStage(
                new VariationalAdversarialObjective(architecture, options), averaging);
    }

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
