package io.github.sparklatent.ml.network.report;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.report.FurtherFigure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the report says of the two players of a game at its end. */
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
                "Coverage of the real rows, 128 at a time (1: of a perfect generator)");
    }

    private GameFigures() {}

    /**
     * Those that are among the measures; none of a network that has played no game.
     *
     * @param train measures of the training rows by name
     * @param holdout the same of the held-out rows; empty: none
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
