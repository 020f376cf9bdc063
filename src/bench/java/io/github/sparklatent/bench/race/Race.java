package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.race.Contestant.Fit;
import io.github.sparklatent.bench.report.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits of several contestants in turn, so that other load on the machine meets all of them.
 *
 * <p>The seconds of an iteration are those of a fit of 2 + m iterations minus those of a fit of 2 iterations, divided
 * by m. Reading, starting and ending cancel in this difference.
 *
 * @param iterations m, at least; more if a fit would be too short
 * @param repetitions of each contestant
 */
record Race(int iterations, int repetitions) {
    /** Nats per row by which two fits from the same start may differ. */
    static final double ROUNDING = 1e-6;

    private static final int UNCOUNTED = 2;

    /**
     * Seconds of uncounted fits before the first counted one: the JIT compiles vector loops late, and until then each
     * of their operations creates objects.
     */
    private static final double WARM = 15;

    /** Seconds that the m iterations take at least: the difference of two short fits is noise. */
    private static final double LONG = 1;

    /** Bound of m, in multiples of the iterations that were asked for. */
    private static final int MOST = 20;

    /** Measures the seconds of an iteration of each contestant, by the system's name. */
    Map<String, Spread> run(Map<String, Contestant> contestants) throws IOException {
        int counted = iterations;
        for (Contestant contestant : contestants.values()) {
            double enough = Math.ceil(LONG / Math.max(warm(contestant), 1e-9));
            counted = (int) Math.max(counted, Math.min(MOST * (double) iterations, enough));
        }
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            List<Double> objectives = new ArrayList<>();
            for (Map.Entry<String, Contestant> one : contestants.entrySet()) {
                Contestant contestant = one.getValue();
                Measured measured = measure(contestant, counted);
                System.err.printf(
                        "  %-12s %8.4f s per iteration, mean of %d, %.6f nats per row; %s%n",
                        one.getKey(), measured.iteration, counted, measured.fit.objective(), contestant.remark());
                seconds.computeIfAbsent(one.getKey(), name -> new ArrayList<>()).add(measured.iteration);
                if (contestant.tolerance() < Double.POSITIVE_INFINITY) {
                    objectives.add(measured.fit.objective());
                    requireAgreement(objectives, contestant.tolerance());
                }
            }
        }
        Map<String, Spread> spreads = new LinkedHashMap<>();
        seconds.forEach((system, all) -> spreads.put(system, Spread.of(all)));
        return spreads;
    }

    /** Runs uncounted fits, and returns the seconds of an iteration after them. */
    private double warm(Contestant contestant) throws IOException {
        Measured measured = measure(contestant, iterations);
        double seconds = measured.fit.seconds();
        while (seconds < WARM) {
            measured = measure(contestant, iterations);
            seconds += measured.fit.seconds();
        }
        return measured.iteration;
    }

    /**
     * A measurement.
     *
     * @param fit the longer one
     * @param iteration seconds
     */
    private record Measured(Fit fit, double iteration) {}

    private static Measured measure(Contestant contestant, int counted) throws IOException {
        double few = fit(contestant, UNCOUNTED).seconds();
        Fit fit = fit(contestant, UNCOUNTED + counted);
        return new Measured(fit, (fit.seconds() - few) / counted);
    }

    private static Fit fit(Contestant contestant, int iterations) throws IOException {
        Fit fit = contestant.fit(iterations);
        if (fit.iterations() != iterations) {
            throw new IOException(
                    "a fit stopped after %d iterations, expected %d".formatted(fit.iterations(), iterations));
        }
        return fit;
    }

    /** Checks that systems with the same work have the same result. */
    private static void requireAgreement(List<Double> objectives, double tolerance) throws IOException {
        for (double one : objectives) {
            if (!(Math.abs(one - objectives.get(0)) <= tolerance)) {
                throw new IOException(
                        "fits of the same rows reached %s nats per row, expected a difference of at most %s"
                                .formatted(objectives, tolerance));
            }
        }
    }
}
