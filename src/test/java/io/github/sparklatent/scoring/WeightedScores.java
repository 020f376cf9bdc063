package io.github.sparklatent.scoring;

import java.util.stream.IntStream;

/** Counted scores of rows of any weights above 0. */
final class WeightedScores {
    private WeightedScores() {}

    static ReferenceScores of(double[] scores, double[] weights) {
        return ReferenceScores.of(
                IntStream.range(0, scores.length).mapToObj(i -> ReferenceScores.Cell.of(scores[i], weights[i])));
    }
}
