package io.github.sparklatent.gan;

/** Names of what is reported of an adversarial game, whatever model plays it. */
public final class AdversarialMeasures {
    /** −log D(G(z)). */
    public static final String GENERATOR_LOSS = "generatorLoss";

    /** See {@link Verdict#loss}. */
    public static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** See {@link Verdict#realAccuracy}. */
    public static final String REAL_ACCURACY = "realAccuracy";

    /** See {@link Verdict#generatedAccuracy}. */
    public static final String FAKE_ACCURACY = "fakeAccuracy";

    /** See {@link Coverage}. */
    public static final String COVERAGE = "coverage";

    private AdversarialMeasures() {}
}
