package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialObjective;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;

/** The training of a network that plays a game from beginning to end. */
public final class AdversarialStage implements Stage {
    private final StochasticObjective objective;
    private final Discriminator discriminator;
    private final int offset;
    private final AveragingOptions averaging;

    private AdversarialStage(
            StochasticObjective objective,
            Discriminator discriminator,
            int offset,
            AveragingOptions averaging) {
        this.objective = objective;
        this.discriminator = discriminator;
        this.offset = offset;
        this.averaging = averaging;
    }

    /**
     * Of a generative adversarial network.
     *
     * @param averaging of the rounds, an optimiser for each player: discriminator, generator
     */
    public static AdversarialStage of(
            Architecture architecture, AdversarialOptions options, AveragingOptions averaging) {
        AdversarialObjective objective = AdversarialGame.of(architecture, options);
        return new AdversarialStage(
                objective,
                objective.discriminator(),
                architecture.networks(Kind.ADVERSARIAL).auxiliaryOffset(),
                averaging);
    }

    /**
     * Of an adversarial variational autoencoder.
     *
     * @param averaging of the rounds, an optimiser for each player: encoder, decoder, discriminator
     */
    public static AdversarialStage of(
            Architecture architecture,
            VariationalAdversarialOptions options,
            AveragingOptions averaging) {
        VariationalAdversarialObjective objective =
                new VariationalAdversarialObjective(architecture, options);
        return new AdversarialStage(
                objective,
                objective.discriminator(),
                architecture.networks(Kind.VARIATIONAL_ADVERSARIAL).auxiliaryOffset(),
                averaging);
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

    /** With the spectral normalisation, if there is one, in the weights themselves. */
    @Override
    public float[] end(float[] parameters) {
        return discriminator.normalized(parameters, offset);
    }
}
