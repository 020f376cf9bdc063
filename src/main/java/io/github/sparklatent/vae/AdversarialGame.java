package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialObjective;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;

/** The game of an architecture's decoder, which generates rows, and its discriminator. */
public final class AdversarialGame {
    private AdversarialGame() {}

    /** The objective of the parameters of {@link Kind#ADVERSARIAL}. */
    public static AdversarialObjective of(Architecture architecture, AdversarialOptions options) {
        Networks networks = architecture.networks(Kind.ADVERSARIAL);
        return new AdversarialObjective(
                networks.generator(),
                new Discriminator(networks.auxiliary(), options),
                networks.auxiliaryOffset());
    }
}
