package io.github.sparklatent.gan;

import io.github.sparklatent.gan.AdversarialTerm.DiscriminatorLoss;

/** The names of the measures of an adversarial game. */
public final class AdversarialMeasures {
    /** The generator's loss −log D(G(z)). */
    public static final String GENERATOR_LOSS = "generatorLoss";

    /** The loss of the discriminator, see {@link DiscriminatorLoss#loss}. */
    public static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** The accuracy on real rows, see {@link DiscriminatorLoss#realAccuracy}. */
    public static final String REAL_ACCURACY = "realAccuracy";

    /** The accuracy on generated rows, see {@link DiscriminatorLoss#generatedAccuracy}. */
    public static final String FAKE_ACCURACY = "fakeAccuracy";

    private AdversarialMeasures() {}
}
