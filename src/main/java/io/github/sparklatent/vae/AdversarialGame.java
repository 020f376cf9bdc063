package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialObjective;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.Generator;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;

/** The training of an architecture's decoder, as a generator, against its discriminator. */
public final class AdversarialGame implements Stage {
    private final Networks networks;
    private final Discriminator discriminator;
    private final AveragingOptions averaging;

    /**
     * @param averaging of the rounds; the discriminator's optimiser comes first, the generator's
     *     second
     */
    public AdversarialGame(
            Architecture architecture, AdversarialOptions options, AveragingOptions averaging) {
        this.networks = architecture.networks(Kind.ADVERSARIAL);
        this.discriminator = new Discriminator(networks.auxiliary(), options);
        this.averaging = averaging;
    }

    @Override
    public String name() {
        return "game";
    }

    @Override
    public Begun begin(float[] before, Shards train) {
        Generator generator =
                new Generator(
                        networks.decoder(),
                        networks.decoderOffset(),
                        networks.likelihood(),
                        networks.likelihoodOffset());
        AdversarialObjective objective =
                new AdversarialObjective(generator, discriminator, networks.auxiliaryOffset());
        return new Begun(objective, before, averaging);
    }

    /** With the spectral normalisation, if there is one, in the weights themselves. */
    @Override
    public float[] end(float[] parameters) {
        return discriminator.normalized(parameters, networks.auxiliaryOffset());
    }
}
