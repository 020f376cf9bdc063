package io.github.sparklatent.gan;

/** The names of the measures of an adversarial game. */
public final class AdversarialMeasures {
    /** −log D(G(z)). */
    public static final String GENERATOR_LOSS = "generatorLoss";

    /** See {@link DiscriminatorLoss#loss}. */
    public static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** See {@link DiscriminatorLoss#realAccuracy}. */
    public static final String REAL_ACCURACY = "realAccuracy";

    /** See {@link DiscriminatorLoss#generatedAccuracy}. */
    public static final String FAKE_ACCURACY = "fakeAccuracy";

    /** See {@link Coverage}, of evaluations, whose batches always have 128 rows. */
    public static final String COVERAGE = "coverage";

    /**
     * The coverage of training batches. Fewer rows have wider neighbourhoods, so it is larger, and
     * the two are not comparable.
     */
    private static final String BATCH_COVERAGE = "batchCoverage";

    private AdversarialMeasures() {}

    /** Returns the name of a measure that is computed on the batches of a round of training. */
    public static String ofBatches(String measure) {
        return measure.equals(COVERAGE) ? BATCH_COVERAGE : measure;
    }
}
