package io.github.sparklatent.ml.network.report;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.report.FurtherFigure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of discriminator and generator at the end of a training, for the report. */
public final class GameFigures {
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(
                AdversarialMeasures.DISCRIMINATOR_LOSS, "Loss of the discriminator, nats per row");
        WORDS.put(AdversarialMeasures.GENERATOR_LOSS, "Loss of the generator, nats per row");
        WORDS.put(
                AdversarialMeasures.REAL_ACCURACY,
                "Accuracy of the discriminator, share of the real rows");
        WORDS.put(
                AdversarialMeasures.FAKE_ACCURACY,
                "Accuracy of the discriminator, share of the generated rows");
        WORDS.put(
                AdversarialMeasures.COVERAGE,
                "Coverage of the real rows, 128 at a time (1: a perfect generator)");
    }

    private GameFigures() {}

    /**
     * Returns the figures that were measured; none for a network without a discriminator.
     *
     * @param train measures of the training rows by name
     * @param holdout measures of the held-out rows by name; empty if there are none
     */
    public static List<FurtherFigure> of(Map<String, Object> train, Map<String, Object> holdout) {
        return WORDS.entrySet().stream()
                .filter(entry -> train.containsKey(entry.getKey()))
                .map(
                        entry ->
                                new FurtherFigure(
                                        entry.getValue(),
                                        (double) train.get(entry.getKey()),
                                        (double) holdout.getOrDefault(entry.getKey(), Double.NaN)))
                .toList();
    }
}
