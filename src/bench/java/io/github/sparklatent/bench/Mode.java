package io.github.sparklatent.bench;

import java.util.Locale;
import java.util.Set;

/** What is measured. */
enum Mode {
    /** Seconds a pass beside the peers. */
    RACE(
            "benchmark",
            "--only",
            "--systems",
            "--passes",
            "--repetitions",
            "--shrink",
            "--data",
            "--json"),
    /** Memory and seconds on a cluster. */
    CLUSTER("scale", "--only", "--passes", "--shrink"),
    /** Seconds a pass against sizes. */
    GROWTH("growth", "--passes", "--repetitions", "--data"),
    /** Seconds of whole commands. */
    PIPELINE("pipeline", "--repetitions");

    private final String part;
    private final Set<String> options;

    Mode(String part, String... options) {
        this.part = part;
        this.options = Set.of(options);
    }

    /** Whether an option with a value has an effect on it. */
    boolean takes(String option) {
        return options.contains(option);
    }

    /** Name of its part of the README. */
    String part() {
        return part;
    }

    /** What asks for it; a race needs no option. */
    String option() {
        return "--" + toString().toLowerCase(Locale.ROOT);
    }
}
