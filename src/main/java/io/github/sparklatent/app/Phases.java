package io.github.sparklatent.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Seconds of a job's parts. */
final class Phases {
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /** Does a part of the job and adds the time it took to that part's. */
    <T> T time(String phase, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(phase, (System.nanoTime() - start) / 1e9, Double::sum);
        }
    }

    /** Seconds of a part; NaN where it has not been done. */
    double seconds(String phase) {
        return seconds.getOrDefault(phase, Double.NaN);
    }

    /** By part, in the order in which they were begun, rounded to milliseconds. */
    Map<String, Object> rounded() {
        Map<String, Object> rounded = new LinkedHashMap<>();
        seconds.forEach((phase, s) -> rounded.put(phase, Math.round(s * 1e3) / 1e3));
        return rounded;
    }
}
