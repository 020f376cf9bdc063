package io.github.sparklatent.bench;

import io.github.sparklatent.bench.Contestant.Fit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits of several contestants in turn, so that whatever else the machine does meets all of them.
 *
 * @param passes counted at least; more where a fit would be too short
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

    /**
     * Seconds that the passes of a fit take at least: the difference of two short ones is noise.
     */
    private static final double LONG = 1;

    /** As many times the passes asked for at most. */
    private static final int MOST = 20;

    /** Nats a row by which two fits from the same start may differ. */
    static final double ROUNDING = 1e-6;

    Race(BenchOptions options) {
        this(options.passes(), options.repetitions());
    }

    /** Seconds a pass of each contestant, in order of size; uncounted fits come first. */
    Map<Contestant, List<Double>> run(List<Contestant> contestants) throws IOException {
        Map<Contestant, List<Double>> seconds = new LinkedHashMap<>();
        int counted = passes;
        for (Contestant contestant : contestants) {
            counted = Math.max(counted, enough(warm(contestant)));
            seconds.put(contestant, new ArrayList<>());
        }
        for (int repetition = 0; repetition < repetitions; repetition++) {
            List<Double> likelihoods = new ArrayList<>();
            for (Contestant contestant : contestants) {
                Measured measured = measure(contestant, counted);
                seconds.get(contestant).add(measured.pass);
                if (contestant.tolerance() < Double.POSITIVE_INFINITY) {
                    likelihoods.add(measured.fit.meanLogLikelihood());
                    requireAgreement(likelihoods, contestant.tolerance());
                }
            }
        }
        seconds.values().forEach(list -> list.sort(null));
        return seconds;
    }

    /** Fits that are not counted; what one pass takes after them. */
    private double warm(Contestant contestant) throws IOException {
        Measured measured = measured(contestant, passes);
        for (double seconds = measured.fit.seconds();
                seconds < WARM;
                seconds += measured.fit.seconds()) {
            measured = measured(contestant, passes);
        }
        return measured.pass;
    }

    /** Passes that a fit takes LONG for; all of a race have as many, and so the same work. */
    private int enough(double pass) {
        return (int) Math.min(MOST * (double) passes, Math.ceil(LONG / Math.max(pass, 1e-9)));
    }

    /**
     * @param fit the longer one
     * @param pass seconds
     */
    private record Measured(Fit fit, double pass) {}

    private static Measured measured(Contestant contestant, int counted) throws IOException {
        double few = fit(contestant, UNCOUNTED).seconds();
        Fit fit = fit(contestant, UNCOUNTED + counted);
        return new Measured(fit, (fit.seconds() - few) / counted);
    }

    private static Measured measure(Contestant contestant, int counted) throws IOException {
        Measured measured = measured(contestant, counted);
        System.err.printf(
                "  %-12s %8.4f s a pass, mean of %d, %.6f nats a row; %s%n",
                contestant.system(),
                measured.pass,
                counted,
                measured.fit.meanLogLikelihood(),
                contestant.remark());
        return measured;
    }

    /** The same work gives the same result. */
    private static void requireAgreement(List<Double> likelihoods, double tolerance)
            throws IOException {
        for (double one : likelihoods) {
            if (!(Math.abs(one - likelihoods.get(0)) <= tolerance)) {
                throw new IOException(
                        "fits of the same reached %s nats a row, expected a difference of at most %s"
                                .formatted(likelihoods, tolerance));
            }
        }
    }

    private static Fit fit(Contestant contestant, int passes) throws IOException {
        Fit fit = contestant.fit(passes);
        if (fit.passes() != passes) {
            throw new IOException(
                    "%s stopped after %d passes, expected %d"
                            .formatted(contestant.system(), fit.passes(), passes));
        }
        return fit;
    }
}
