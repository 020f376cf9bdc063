package io.github.sparklatent.bench;

import io.github.sparklatent.bench.Contestant.Fit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits of several contestants in turn, so that whatever else the machine does meets all of them.
 *
 * @param passes counted, or a multiple of them where a fit would be too short
 * @param repetitions of each contestant
 */
record Race(int passes, int repetitions) {
    /** Passes of the shorter fit, which takes away what is not a pass. */
    private static final int UNCOUNTED = 2;

    /**
     * Uncounted fits come first until so many seconds have passed: the JIT compiles vector loops
     * late, and until then each of their operations makes objects.
     */
    private static final double WARM = 15;

    /** Seconds that the longer fit takes at least: the difference of two short ones is noise. */
    private static final double LONG = 2;

    /** Nats a row by which two fits from the same start may differ. */
    static final double ROUNDING = 1e-6;

    Race(BenchOptions options) {
        this(options.passes(), options.repetitions());
    }

    /** Seconds a pass of each contestant, in order of size; uncounted fits come first. */
    Map<Contestant, List<Double>> run(List<Contestant> contestants) throws IOException {
        Map<Contestant, List<Double>> seconds = new LinkedHashMap<>();
        Map<Contestant, Integer> counted = new HashMap<>();
        List<Double> likelihoods = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Fit fit = warm(contestant);
            if (contestant.tolerance() < Double.POSITIVE_INFINITY) {
                likelihoods.add(fit.meanLogLikelihood());
                requireAgreement(likelihoods, contestant.tolerance());
            }
            seconds.put(contestant, new ArrayList<>());
            counted.put(contestant, passes * (int) Math.max(1, Math.ceil(LONG / fit.seconds())));
        }
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Contestant contestant : contestants) {
                seconds.get(contestant).add(measure(contestant, counted.get(contestant)));
            }
        }
        seconds.values().forEach(list -> list.sort(null));
        return seconds;
    }

    /** The last of the uncounted fits. */
    private Fit warm(Contestant contestant) throws IOException {
        Fit fit = fit(contestant, UNCOUNTED + passes);
        for (double seconds = fit.seconds(); seconds < WARM; seconds += fit.seconds()) {
            fit = fit(contestant, UNCOUNTED + passes);
        }
        return fit;
    }

    private static double measure(Contestant contestant, int counted) throws IOException {
        double few = fit(contestant, UNCOUNTED).seconds();
        Fit fit = fit(contestant, UNCOUNTED + counted);
        double pass = (fit.seconds() - few) / counted;
        System.err.printf(
                "  %-12s %8.4f s a pass, mean of %d, %.6f nats a row; %s%n",
                contestant.system(), pass, counted, fit.meanLogLikelihood(), contestant.remark());
        return pass;
    }

    /** The same work gives the same result. */
    private static void requireAgreement(List<Double> likelihoods, double tolerance) {
        for (double one : likelihoods) {
            if (!(Math.abs(one - likelihoods.get(0)) <= tolerance)) {
                throw new IllegalStateException(
                        "fits of the same reached %s nats a row, expected a difference of at most %s"
                                .formatted(likelihoods, tolerance));
            }
        }
    }

    private static Fit fit(Contestant contestant, int passes) throws IOException {
        Fit fit = contestant.fit(passes);
        if (fit.passes() != passes) {
            throw new IllegalStateException(
                    "%s stopped after %d passes, expected %d"
                            .formatted(contestant.system(), fit.passes(), passes));
        }
        return fit;
    }
}
