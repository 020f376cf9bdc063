package io.github.sparklatent.gan;

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

    /** The {@link Coverage} in evaluations, whose batches always have 128 rows. */
    public static final String COVERAGE = "coverage";

    /**
     * The coverage of training batches. Fewer rows have wider neighbourhoods, so this coverage is larger and cannot be
     * compared with the coverage in evaluations.
     */
    private static final String BATCH_COVERAGE = "batchCoverage";

    private AdversarialMeasures() {}

    /** Returns the name of a measure that is computed on the batches of a round of training. */
    public static String ofBatches(String measure) {
        return measure.equals(COVERAGE) ? BATCH_COVERAGE : measure;
    }
}
