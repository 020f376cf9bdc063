package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.bench.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Seconds of a computation of one case.
 *
 * @param seconds by system, this project first; the turns of all systems are in the same order
 */
record Timing(ProductCase problem, Map<String, List<Double>> seconds) {
    /** @param iterations seconds of a computation, of each system in turn, many times */
    static Timing of(ProductCase problem, List<Double> iterations) {
        List<String> systems = Peers.ALL;
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int i = 0; i < iterations.size(); i++) {
            seconds.computeIfAbsent(systems.get(i % systems.size()), key -> new ArrayList<>())
                    .add(iterations.get(i));
        }
        return new Timing(problem, seconds);
    }

    Spread of(String system) {
        return Spread.of(seconds.get(system));
    }

    /** How many times as fast as a system this project is, turn by turn. */
    Spread against(String system) {
        List<Double> ours = seconds.get(Peers.OURS);
        List<Double> theirs = seconds.get(system);
        return Spread.of(IntStream.range(0, ours.size())
                .mapToObj(i -> theirs.get(i) / ours.get(i))
                .toList());
    }

    /** GFLOP/s, the figure of the tables. */
    double figure(double someSeconds) {
        return problem.operations() / someSeconds * 1e-9;
    }
}
