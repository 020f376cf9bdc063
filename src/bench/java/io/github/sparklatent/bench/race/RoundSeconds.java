package io.github.sparklatent.bench.race;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The mean seconds of the phases of a round. */
final class RoundSeconds {
    private RoundSeconds() {}

    /** Describes rounds in a line. */
    static <R> String remark(
            List<R> rounds,
            ToDoubleFunction<R> broadcast,
            ToDoubleFunction<R> compute,
            ToDoubleFunction<R> reduce,
            ToDoubleFunction<R> update) {
        double[] means = Stream.of(broadcast, compute, reduce, update)
                .mapToDouble(f -> rounds.stream().mapToDouble(f).average().orElseThrow())
                .toArray();
        double round = Arrays.stream(means).sum();
        return "rounds of %.4f s, %.1f%% of it outside the tasks: %.0f ms broadcast, %.0f reduce, %.0f update"
                .formatted(round, 100 * (1 - means[1] / round), 1e3 * means[0], 1e3 * means[2], 1e3 * means[3]);
    }
}
