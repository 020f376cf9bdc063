package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialObjective;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;

/** The training of a generative adversarial network, which has no other stage. */
public final class AdversarialStage implements Stage {
    private final AdversarialObjective objective;
    private final int discriminatorOffset;
    private final AveragingOptions averaging;

    /**
     * @param architecture of {@link Kind#ADVERSARIAL}
     * @param averaging of the rounds; the discriminator's optimiser comes first, the generator's
     *     second
     */
    public AdversarialStage(
            Architecture architecture, AdversarialOptions options, AveragingOptions averaging) {
        this.objective = AdversarialGame.of(architecture, options);
        this.discriminatorOffset = architecture.networks(Kind.ADVERSARIAL).auxiliaryOffset();
        this.averaging = averaging;
    }

    @Override
    public String name() {
        return "game";
    }

    @Override
    public Begun begin(float[] before, Shards train) {
        return new Begun(objective, before, averaging);
    }

    /** With the spectral normalisation, if there is one, in the weights themselves. */
    @Override
    public float[] end(float[] parameters) {
        return objective.discriminator().normalized(parameters, discriminatorOffset);
    }
}
