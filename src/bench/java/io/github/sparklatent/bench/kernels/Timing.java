package io.github.sparklatent.bench.kernels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds a computation of one case, turn by turn.
 *
 * @param seconds by system, ours first, the turns of all systems in the same order
 */
record Timing(KernelCase problem, Map<String, List<Double>> seconds) {
    /** Median, least and greatest of some numbers. */
    record Spread(double median, double low, double high) {
        static Spread of(List<Double> numbers) {
            List<Double> sorted = numbers.stream().sorted().toList();
            int n = sorted.size();
            double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(n - 1));
        }
    }

    /**
     * @param iterations seconds a computation, of each system in turn, again and again
     */
    static Timing of(KernelCase problem, List<Double> iterations) {
        List<String> systems = problem.systems();
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int i = 0; i < iterations.size(); i++) {
            seconds.computeIfAbsent(systems.get(i % systems.size()), key -> new ArrayList<>())
                    .add(iterations.get(i));
        }
        return new Timing(problem, seconds);
    }

    Spread seconds(String system) {
        return Spread.of(seconds.get(system));
    }

    /** How many times as fast as a system ours is, turn by turn. */
    Spread against(String system) {
        List<Double> ours = seconds.get(Peers.OURS);
        List<Double> theirs = seconds.get(system);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(theirs.get(i) / ours.get(i));
        }
        return Spread.of(ratios);
    }

    /** Operations a nanosecond: GFLOP/s of products. */
    double rate(String system) {
        return problem.operations() / seconds(system).median() * 1e-9;
    }

    /** Nanoseconds an operation: an element of functions. */
    double nanoseconds(String system) {
        return seconds(system).median() / problem.operations() * 1e9;
    }
}
