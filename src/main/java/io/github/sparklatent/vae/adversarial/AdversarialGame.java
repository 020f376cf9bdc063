package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.AdversarialObjective;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;

/** Creates the game of an architecture's decoder, the generator, and its discriminator. */
public final class AdversarialGame {
    private AdversarialGame() {}

    /** Returns the objective of the parameters of {@link Kind#ADVERSARIAL}. */
    public static AdversarialObjective of(Architecture architecture, AdversarialOptions options) {
        Networks networks = architecture.networks(Kind.ADVERSARIAL);
        return new AdversarialObjective(
                networks.conditional(), new Discriminator(networks.auxiliary(), options), networks.auxiliaryOffset());
    }
}
