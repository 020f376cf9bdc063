package io.github.sparklatent.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What rounds spend their seconds on, in the mean, by their own records.
 *
 * @param broadcast of sending the model
 * @param compute of the tasks, from the first one's beginning to the last one's end
 * @param reduce of the rest of the job
 * @param update on the driver
 */
public record RoundShares(double broadcast, double compute, double reduce, double update) {
    /** The means over rounds. */
    public static <R> RoundShares of(
            List<R> rounds,
            ToDoubleFunction<R> broadcast,
            ToDoubleFunction<R> compute,
            ToDoubleFunction<R> reduce,
            ToDoubleFunction<R> update) {
        return new RoundShares(
                mean(rounds, broadcast),
                mean(rounds, compute),
                mean(rounds, reduce),
                mean(rounds, update));
    }

    private static <R> double mean(List<R> rounds, ToDoubleFunction<R> seconds) {
        return rounds.stream().mapToDouble(seconds).average().orElseThrow();
    }

    /** In a line. */
    public String remark() {
        double round = broadcast + compute + reduce + update;
        return "rounds of %.4f s, %.1f%% of it outside the tasks: %.0f ms broadcast, %.0f reduce, %.0f update"
                .formatted(
                        round,
                        100 * (1 - compute / round),
                        1e3 * broadcast,
                        1e3 * reduce,
                        1e3 * update);
    }
}
