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

    /** See {@link Coverage}: in an evaluation, whose batches are of 128 rows everywhere. */
    public static final String COVERAGE = "coverage";

    /**
     * The same within the batches that training steps on. Fewer rows have wider neighbourhoods, so
     * it is the greater figure, and the two do not compare.
     */
    private static final String BATCH_COVERAGE = "batchCoverage";

    private AdversarialMeasures() {}

    /** The name of a measure where it is taken of the batches of a round of training. */
    public static String ofBatches(String measure) {
        return measure.equals(COVERAGE) ? BATCH_COVERAGE : measure;
    }
}
