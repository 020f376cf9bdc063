package io.github.sparklatent.report.network;

import io.github.sparklatent.report.network.ChainRound.Measures;
import java.util.List;
import java.util.stream.IntStream;

/** Chains whose step size is fixed, or falls until the acceptance is at its target. */
final class MadeUpChains {
    private MadeUpChains() {}

    /** Rounds, the last of each epoch with an evaluation of held-out rows. */
    static List<ChainRound> rounds(int count, int perEpoch, boolean fixed) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> {
                    double fall = Math.exp(-number / 8.0);
                    return new ChainRound(
                            number / (double) perEpoch,
                            new Measures(
                                    0.65 - 0.4 * fall,
                                    fixed ? 0.3 : 0.3 + 0.2 * fall,
                                    number == 1 ? 0.02 : 0,
                                    Double.NaN),
                            number % perEpoch == 0 ? new Measures(0.64 - 0.4 * fall, 0.3, 0, 0.4) : Measures.NONE);
                })
                .toList();
    }
}
