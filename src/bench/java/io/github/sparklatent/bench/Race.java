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
 * @param passes p, counted
 * @param repetitions of each contestant
 */
record Race(int passes, int repetitions) {
    /** m, passes of the shorter fit, which takes away what is not a pass. */
    private static final int UNCOUNTED = 2;

    Race(BenchOptions options) {
        this(options.passes(), options.repetitions());
    }

    /** Seconds a pass of each contestant, in order of size; one uncounted fit each comes first. */
    Map<Contestant, List<Double>> run(List<Contestant> contestants) throws IOException {
        Map<Contestant, List<Double>> seconds = new LinkedHashMap<>();
        for (Contestant contestant : contestants) {
            fit(contestant, UNCOUNTED + passes);
            seconds.put(contestant, new ArrayList<>());
        }
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Contestant contestant : contestants) {
                double few = fit(contestant, UNCOUNTED).seconds();
                Fit fit = fit(contestant, UNCOUNTED + passes);
                double pass = (fit.seconds() - few) / passes;
                seconds.get(contestant).add(pass);
                System.err.printf(
                        "  %-12s %8.4f s a pass, %.6f nats a row; %s%n",
                        contestant.system(), pass, fit.meanLogLikelihood(), contestant.remark());
            }
        }
        seconds.values().forEach(list -> list.sort(null));
        return seconds;
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
